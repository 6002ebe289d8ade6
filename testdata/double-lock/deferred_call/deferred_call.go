// Package deferred_call defers a method that locks before the unlock that it should come after.
package deferred_call

import "sync"

type session struct {
	mu   sync.Mutex
	open bool
}

func (s *session) report() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

func (s *session) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.report() // want "is locked again"
	s.open = false
}
