// Package ok_stays_in_backlog takes from a backlog what it could send, and nothing else.
package ok_stays_in_backlog

import "sync"

type update struct{ lag int }

type queue struct {
	mu      sync.Mutex
	backlog []update
	next    chan update
}

func newQueue() *queue { return &queue{next: make(chan update, 1)} }

func (q *queue) put(u update) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.backlog = append(q.backlog, u)
}

func (q *queue) offer() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.backlog) == 0 {
		return
	}
	select {
	case q.next <- q.backlog[0]:
		q.backlog = q.backlog[1:]
	default:
	}
}

type table struct {
	q   *queue
	sum int
}

func (t *table) collect() {
	for u := range t.q.next {
		t.sum += u.lag
	}
}

func watch(tablets []chan update) *table {
	t := &table{q: newQueue()}
	go t.collect()
	for _, tablet := range tablets {
		go func() {
			for u := range tablet {
				t.q.put(u)
				t.q.offer()
			}
		}()
	}
	return t
}
