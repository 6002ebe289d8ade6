// Package registered_twice refuses a name that is taken, but takes it later.
package registered_twice

import (
	"fmt"
	"sync"
)

type Handler func(string) error

type Registry struct {
	mu       sync.RWMutex
	handlers map[string]Handler
}

func (r *Registry) has(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.handlers[name] // step "reads r.handlers.name. .in Registry.has"
	return ok
}

func (r *Registry) Register(name string, handler Handler) error {
	if r.has(name) { // step "tests r.has"
		return fmt.Errorf("%s is taken", name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handlers[name] = handler // want "tests r.has.* and then sets r.handlers.name. .* the second overwrites the first"
	return nil
}
