// Package ok_checked_again asks again under the write lock, and takes the lock in one function where the object wants
// it locked: what it asks there was known before.
package ok_checked_again

import "sync"

type store struct {
	mu      sync.RWMutex
	ready   bool
	items   []string
	alone   bool
	cleared int
}

func (s *store) isReady() bool { return s.ready }

func (s *store) add(item string) bool {
	s.mu.RLock()
	if !s.isReady() {
		s.mu.RUnlock()
		return false
	}
	s.mu.RUnlock()

	s.mu.Lock()
	if !s.isReady() {
		s.mu.Unlock()
		return false
	}
	s.items = append(s.items, item)
	s.mu.Unlock()
	return true
}

func (s *store) set(ready bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = ready
}

func (s *store) clear() {
	if !s.alone {
		s.mu.Lock()
	}
	s.cleared++
	if !s.alone {
		s.mu.Unlock()
	}
}
