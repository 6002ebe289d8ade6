// Package ok_readers reads twice under a lock that is never locked for writing after the start.
package ok_readers

import "sync"

type shelf struct {
	mu    sync.RWMutex
	books []string
}

func (s *shelf) count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.books)
}

func (s *shelf) last() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books[s.count()-1]
}
