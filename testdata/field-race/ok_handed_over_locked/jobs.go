// Package ok_handed_over_locked changes jobs that come locked from where they are found or made.
package ok_handed_over_locked

import "sync"

type job struct {
	sync.Mutex
	name  string
	runs  int
	ended bool
}

type queue struct {
	mu   sync.Mutex
	jobs map[string]*job
}

func (q *queue) lookup(name string) *job {
	q.mu.Lock()
	j, ok := q.jobs[name]
	q.mu.Unlock()
	if !ok {
		return nil
	}
	j.Lock()
	return j
}

func (q *queue) ensure(name string) *job {
	if j := q.lookup(name); j != nil {
		return j
	}
	q.mu.Lock()
	j, ok := q.jobs[name]
	if !ok {
		j = &job{name: name}
		q.jobs[name] = j
	}
	q.mu.Unlock()
	j.Lock()
	return j
}

func (q *queue) run(name string) {
	j := q.ensure(name)
	defer j.Unlock()
	j.runs++
	j.ended = false
}

func (q *queue) end(name string) bool {
	j := q.lookup(name)
	if j == nil {
		return false
	}
	defer j.Unlock()
	j.ended = true
	return j.runs > 0
}

func (q *queue) drop(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j, ok := q.jobs[name]
	if !ok {
		return
	}
	j.Lock()
	defer j.Unlock()
	if j.ended && j.runs > 0 {
		delete(q.jobs, name)
	}
}

func (q *queue) running() (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range q.jobs {
		j.Lock()
		if !j.ended {
			n += j.runs
		}
		j.Unlock()
	}
	return n
}

func (q *queue) forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range q.jobs {
		j.Lock()
		if j.ended {
			j.runs, j.ended = 0, false
		}
		j.Unlock()
	}
}

func run(n int) {
	q := &queue{jobs: map[string]*job{}}
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			q.run("a")
			q.end("a")
			q.drop("a")
			q.running()
			q.forget()
		}()
	}
	wg.Wait()
}
