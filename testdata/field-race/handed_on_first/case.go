// Package handed_on_first puts tasks into a queue before it has set what the workers count down.
package handed_on_first

import (
	"sync"
	"sync/atomic"
)

type batch struct {
	left int32
	done chan struct{}
}

type task struct {
	of *batch
}

type queue struct {
	mu    sync.Mutex
	items []any
}

func (q *queue) put(item any) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
}

func (q *queue) take() any {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return nil
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func submit(q *queue, n int) *batch {
	b := &batch{done: make(chan struct{})}
	for range n {
		q.put(&task{of: b}) // step "hands the object on"
	}
	b.left = int32(n) // want "field handed_on_first.batch.left is written without sync/atomic"
	return b
}

func work(q *queue) {
	t, ok := q.take().(*task)
	if ok && atomic.AddInt32(&t.of.left, -1) == 0 {
		close(t.of.done)
	}
}
