// Package ok_signalled signals what it waits for.
package ok_signalled

import "sync"

type queue struct {
	mu    sync.Mutex
	more  *sync.Cond
	items []int
}

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.more.Wait()
	}
	first := q.items[0]
	q.items = q.items[1:]
	return first
}

func (q *queue) put(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.more.Signal()
}
