// Package ok_condition waits for a condition, which gives the lock back meanwhile.
package ok_condition

import "sync"

type queue struct {
	mu    sync.Mutex
	ready sync.Cond
	full  *sync.Cond
	items []int
}

func newQueue() *queue {
	q := &queue{}
	q.ready.L = &q.mu
	q.full = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) > 8 {
		q.full.Wait()
	}
	q.items = append(q.items, item)
	q.ready.Broadcast()
}

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.ready.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	q.full.Signal()
	return item
}

func run() {
	q := newQueue()
	go q.put(1)
	q.take()
}
