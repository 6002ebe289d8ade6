// Package ok_visitor_gets_a_copy visits a copy of the list, after the lock was given back.
package ok_visitor_gets_a_copy

import "sync"

type subscriber struct {
	inbox chan int
	seen  int
}

type registry struct {
	mu   sync.RWMutex
	subs map[int]*subscriber
}

func (r *registry) each(visit func(*subscriber)) {
	r.mu.RLock()
	subs := make([]*subscriber, 0, len(r.subs))
	for _, s := range r.subs {
		subs = append(subs, s)
	}
	r.mu.RUnlock()
	for _, s := range subs {
		visit(s)
	}
}

func (r *registry) remove(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.subs, id)
}

func (r *registry) publish(value int) {
	r.each(func(s *subscriber) {
		s.inbox <- value
	})
}

func (r *registry) serve(id int, s *subscriber) {
	for value := range s.inbox {
		s.seen++
		if value < 0 {
			r.remove(id)
		}
	}
}

func run() {
	s := &subscriber{inbox: make(chan int)}
	r := &registry{subs: map[int]*subscriber{1: s}}
	go r.serve(1, s)
	r.publish(-1)
	r.publish(1)
}
