// Package ok_kept_and_run keeps objects that goroutines work on: under the keeper's lock, behind the end of the goroutine,
// in fields that are set before, or without anybody who looks at them again.
package ok_kept_and_run

import "sync"

type counter struct{ seen int }

func (c *counter) count() int { return c.seen }

type Board struct {
	mu       sync.Mutex
	counters []*counter
}

func (b *Board) Watch(events <-chan int) {
	c := &counter{}
	b.mu.Lock()
	b.counters = append(b.counters, c)
	b.mu.Unlock()
	go func() {
		for n := range events {
			b.mu.Lock()
			c.seen += n
			b.mu.Unlock()
		}
	}()
}

func (b *Board) Sum() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum := 0
	for _, c := range b.counters {
		sum += c.count()
	}
	return sum
}

type job struct {
	name   string
	result int
	done   chan struct{}
}

func (j *job) run() {
	defer close(j.done)
	j.result = len(j.name)
}

func (j *job) wait() int {
	<-j.done
	return j.result
}

func (j *job) title() string { return j.name }

type Queue struct {
	mu   sync.Mutex
	jobs map[string]*job
}

func (q *Queue) Start(name string) {
	j := &job{done: make(chan struct{})}
	j.name = name
	q.mu.Lock()
	q.jobs[name] = j
	q.mu.Unlock()
	go j.run()
}

func (q *Queue) Result(name string) (string, int) {
	q.mu.Lock()
	j := q.jobs[name]
	q.mu.Unlock()
	return j.title(), j.wait()
}
