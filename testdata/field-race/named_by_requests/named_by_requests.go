// Package named_by_requests finds the session that a request names, with the lock, and changes it without: another
// request may name the same one.
package named_by_requests

import (
	"fmt"
	"net/http"
	"sync"
)

type session struct {
	hits int
	page string
	lang string
}

func (s *session) visit(page string) {
	s.page = page // want "field s.page is written by several goroutines at once"
}

type server struct {
	mu       sync.Mutex
	sessions map[string]*session
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

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	found := s.get(id)
	found.hits++ // want "field found.hits is written by several goroutines at once"
	found.visit(r.URL.Path)
	fmt.Fprintln(w, id)
}

func (s *server) setLang(_ http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	found, ok := s.sessions[r.FormValue("id")]
	s.mu.Unlock()
	if ok {
		found.lang = r.FormValue("lang") // want "field found.lang is written by several goroutines at once"
	}
}

func newServer() *server { return &server{sessions: map[string]*session{}} }

func serve() error {
	s := newServer()
	http.HandleFunc("/lang", s.setLang)
	return http.ListenAndServe("localhost:0", s)
}
