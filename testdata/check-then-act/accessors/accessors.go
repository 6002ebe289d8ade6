// Package accessors asks a registry that locks in every method, and then tells it: each call is one step, both
// together are not.
package accessors

import "sync"

type session struct {
	mu   sync.Mutex
	seen int
}

type Registry struct {
	mu   sync.Mutex
	byID map[int]*session
}

func (r *Registry) get(id int) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byID[id] // step "reads r.byID.id. .in Registry.get"
}

func (r *Registry) set(id int, s *session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byID[id] = s // step "sets r.byID.id. .in Registry.set"
}

type Server struct{ sessions Registry }

func (s *Server) Handle(id int) *session {
	found := s.sessions.get(id) // step "tests s.sessions.get"
	if found == nil {
		found = &session{}
		s.sessions.set(id, found) // want "Server.Handle tests s.sessions.get.* and then calls s.sessions.set.* in two critical sections: two goroutines may both create one"
	}
	return found
}
