// Package checked_again asks again under the write lock what it has asked under the read lock, and forgets the
// unlock where the answer has changed.
package checked_again

import "sync"

type store struct {
	mu    sync.RWMutex
	ready bool
	items []string
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
		return false // want "s.mu stays locked on a path on which store.add returns"
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
