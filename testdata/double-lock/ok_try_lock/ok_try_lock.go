// Package ok_try_lock asks first: TryLock never waits, and what it refused is not held.
package ok_try_lock

import "sync"

type store struct {
	mu    sync.Mutex
	waits int
}

func (s *store) lock() {
	if !s.mu.TryLock() {
		s.wait()
		s.mu.Lock()
	}
	s.waits = 0
	s.mu.Unlock()
}

func (s *store) wait() {
	s.mu.Lock()
	s.waits++
	s.mu.Unlock()
}

func (s *store) peek() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.TryLock()
}

// first says what it has been told, or what TryLock says.
func (s *store) first() (got bool) {
	got = got || s.mu.TryLock()
	if got {
		s.waits++
		s.mu.Unlock()
	}
	return got
}
