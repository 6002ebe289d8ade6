// Package written_under_read_lock replaces and changes what a lock guards while it holds the lock for reading.
package written_under_read_lock

import "sync"

type session struct {
	labels []string
}

type registry struct {
	mu       sync.RWMutex
	sessions map[string]*session
	last     string
}

func (r *registry) relabel(labels []string) {
	r.mu.RLock() // step "takes r.mu for reading"
	defer r.mu.RUnlock()
	for _, s := range r.sessions {
		s.labels = labels // want "field s.labels is written while r.mu is held for reading only"
	}
}

func (r *registry) touch(name string) *session {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.last = name // want "field r.last is written while r.mu is held for reading only"
	return r.sessions[name]
}

func (r *registry) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions[name] = &session{}
}
