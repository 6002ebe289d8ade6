// Package taken_before_it_is_sent takes from a backlog what it perhaps cannot send.
package taken_before_it_is_sent

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
	first := q.backlog[0]
	q.backlog = q.backlog[1:]
	select {
	case q.next <- first: // want "many goroutines send on q.next, which holds 1"
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
