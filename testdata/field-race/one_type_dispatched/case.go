// Package one_type_dispatched calls through an interface that two types implement, of which one only can be there.
package one_type_dispatched

import "sync"

type popper interface{ pop() }

type items struct{ list []int }

func (i *items) pop() {
	i.list = i.list[:len(i.list)-1] // step "writes i.list"
}

type heap struct{ items *items }

func (h *heap) pop() { popFrom(h.items) }

func popFrom(p popper) { p.pop() }

func (h *heap) size() int { return len(h.items.list) } // want "field h.items.list is read while another goroutine may write it"

type queue struct {
	mu sync.Mutex
	h  *heap
}

func (q *queue) flush() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.h.pop()
}

func run() int {
	q := &queue{h: &heap{items: &items{list: []int{1, 2}}}}
	go q.flush()
	return q.h.size()
}
