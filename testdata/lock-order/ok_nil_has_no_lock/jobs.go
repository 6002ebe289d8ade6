// Package ok_nil_has_no_lock takes the lock of the queue where it has found no job, and so holds none.
package ok_nil_has_no_lock

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

func serve(q *queue, names <-chan string) {
	for i := 0; i < 4; i++ {
		go func() {
			for name := range names {
				q.run(name)
				q.end(name)
				q.drop(name)
			}
		}()
	}
}
