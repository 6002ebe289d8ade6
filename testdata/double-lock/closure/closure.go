// Package closure runs a function under its lock that takes the lock itself.
package closure

import "sync"

type registry struct {
	mu    sync.Mutex
	items map[string]int
}

func (r *registry) each(visit func(name string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name := range r.items {
		visit(name)
	}
}

func (r *registry) remove(name string) {
	r.mu.Lock() // step "takes"
	defer r.mu.Unlock()
	delete(r.items, name)
}

func (r *registry) prune() {
	r.each(func(name string) { // want "is locked again"
		if name == "" {
			r.remove(name)
		}
	})
}
