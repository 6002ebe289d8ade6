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

func (r *registry) named() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.last
}

func (r *registry) forget() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.last = "" // want "field r.last is written while r.mu is held for reading only"
}

// server has a lock of its own: one reloads at a time, and others look into its registry without it.
type server struct {
	mu       sync.Mutex
	registry registry
}

func (s *server) reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.registry.forget()
}

// guest writes with another lock of the same object held by its callers, which all who read take as well.
type guest struct {
	mu    sync.RWMutex
	gate  sync.Mutex
	calls int
}

func (g *guest) call() int {
	g.gate.Lock()
	defer g.gate.Unlock()
	return g.count()
}

func (g *guest) count() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	g.calls++
	return g.calls
}
