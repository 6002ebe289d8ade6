// Package condition_of_another_lock waits for a condition with a second lock held, which the signaller needs.
package condition_of_another_lock

import "sync"

type queue struct {
	owner sync.Mutex
	mu    sync.Mutex
	ready *sync.Cond
	items []int
}

func newQueue() *queue {
	q := &queue{}
	q.ready = sync.NewCond(&q.mu)
	return q
}

func (q *queue) take() int {
	q.owner.Lock()
	defer q.owner.Unlock()
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.ready.Wait() // want "queue.owner is held while queue.take waits for q.ready"
	}
	return q.items[0]
}

func (q *queue) feed() {
	for item := range 10 {
		q.owner.Lock() // step "waits for condition_of_another_lock.queue.owner"
		q.mu.Lock()
		q.items = append(q.items, item)
		q.ready.Signal()
		q.mu.Unlock()
		q.owner.Unlock()
	}
}

func run() {
	q := newQueue()
	go q.feed()
	q.take()
}
