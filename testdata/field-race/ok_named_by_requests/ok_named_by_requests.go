// Package ok_named_by_requests finds the session that a request names and changes it with its lock; what a request
// takes away is its own.
package ok_named_by_requests

import (
	"fmt"
	"net/http"
	"sync"
)

type session struct {
	mu   sync.Mutex
	hits int
}

type upload struct{ size int64 }

type server struct {
	mu       sync.Mutex
	sessions map[string]*session
	uploads  map[string]*upload
}

func (s *server) get(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.sessions[id]
	if !ok {
		found = &session{}
		s.sessions[id] = found
	}
	return found
}

func (s *server) take(id string) *upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.uploads[id]
	delete(s.uploads, id)
	return found
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found := s.get(r.FormValue("id"))
	found.mu.Lock()
	found.hits++
	hits := found.hits
	found.mu.Unlock()
	fmt.Fprintln(w, hits)
}

func (s *server) finish(w http.ResponseWriter, r *http.Request) {
	mine := s.take(r.FormValue("id"))
	if mine == nil {
		http.NotFound(w, r)
		return
	}
	mine.size += r.ContentLength
	fmt.Fprintln(w, mine.size)
}

func (s *server) rename(_ http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.uploads[r.FormValue("id")]; found != nil {
		found.size = 0
	}
}

func newServer() *server {
	return &server{sessions: map[string]*session{}, uploads: map[string]*upload{}}
}

func serve() error {
	s := newServer()
	http.HandleFunc("/finish", s.finish)
	http.HandleFunc("/rename", s.rename)
	return http.ListenAndServe("localhost:0", s)
}
