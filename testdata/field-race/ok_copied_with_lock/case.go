// Package ok_copied_with_lock replaces and copies objects with their lock held, before others know them, or field by field.
package ok_copied_with_lock

import (
	"encoding/json"
	"sync"
)

type limits struct {
	rows, bytes int
	name        string
}

type server struct {
	mu     sync.Mutex
	limits *limits
}

func newServer(from limits) *server {
	s := &server{limits: &limits{}}
	*s.limits = from
	return s
}

func (s *server) reload(next limits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*s.limits = next
}

func (s *server) current() limits {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.limits
}

func serve(next limits) limits {
	s := newServer(next)
	done := make(chan bool)
	go func() {
		s.reload(next)
		done <- true
	}()
	found := s.current()
	<-done
	return found
}

func name(of *limits) int {
	done := make(chan bool)
	go func() {
		of.bytes++
		done <- true
	}()
	length := len((*of).name)
	<-done
	return length
}

type status struct {
	mu   sync.Mutex
	last limits
}

func (s *status) snapshot() limits {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

func (s *status) add(text []byte) error {
	var more limits
	if err := json.Unmarshal(text, &more); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last.rows += more.rows
	return nil
}

func watch(text []byte) (limits, error) {
	s := &status{}
	done := make(chan error)
	go func() { done <- s.add(text) }()
	found := s.snapshot()
	return found, <-done
}
