// Package visitor_runs_locked sends in a visitor that is run under the lock which the receivers take.
package visitor_runs_locked

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
	defer r.mu.RUnlock()
	for _, s := range r.subs {
		visit(s)
	}
}

func (r *registry) remove(id int) {
	r.mu.Lock() // step "waits for visitor_runs_locked.registry.mu"
	defer r.mu.Unlock()
	delete(r.subs, id)
}

func (r *registry) publish(value int) {
	r.each(func(s *subscriber) { // want "registry.mu is held while registry.publish waits for s.inbox, but registry.serve needs"
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
