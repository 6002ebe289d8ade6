// Package callback_sometimes_locked runs what it is given under its lock on one of two ways only.
package callback_sometimes_locked

import "sync"

type queue struct {
	mu      sync.Mutex
	pending []string
	free    func(name string) bool
}

func (q *queue) submit(name string, run func() int) int {
	if q.free(name) {
		return run()
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.pending) > 0 {
		return 0
	}
	return run()
}

func (q *queue) retry(name string) int {
	q.mu.Lock() // step "takes q.mu"
	defer q.mu.Unlock()
	q.pending = append(q.pending, name)
	return len(q.pending)
}

func (q *queue) again(name string) int {
	return q.submit(name, func() int { return q.retry(name) }) // want "q.mu is locked again while this goroutine holds it"
}

func (q *queue) length(name string) int {
	return q.submit(name, func() int { return len(name) })
}
