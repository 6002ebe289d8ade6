// Package ok_get_or_create has one accessor that tests and sets under one lock.
package ok_get_or_create

import "sync"

type session struct {
	mu   sync.Mutex
	seen int
}

type Registry struct {
	mu   sync.Mutex
	byID map[int]*session
}

func (r *Registry) getOrCreate(id int) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.byID[id]
	if s == nil {
		s = &session{}
		r.byID[id] = s
	}
	return s
}

func (r *Registry) get(id int) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byID[id]
}

type Server struct{ sessions Registry }

func (s *Server) Handle(id int) *session {
	if found := s.sessions.get(id); found != nil {
		return found
	}
	return s.sessions.getOrCreate(id)
}
