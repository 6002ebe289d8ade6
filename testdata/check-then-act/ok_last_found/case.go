// Package ok_last_found keeps what was found last: who comes second keeps another that was there as well.
package ok_last_found

// case: min-confidence=medium

import (
	"sync"
	"sync/atomic"
)

type file struct {
	mu   sync.Mutex
	base int
}

type set struct {
	mu    sync.RWMutex
	files []*file
	last  atomic.Pointer[file]
}

// Find looks for the file at an offset.
func (s *set) Find(offset int) *file {
	if f := s.last.Load(); f != nil && f.base == offset {
		return f
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for i := range s.files {
		if s.files[i].base == offset {
			f := s.files[i]
			s.last.Store(f)
			return f
		}
	}
	return nil
}

// Serve finds from many goroutines.
func Serve(s *set) {
	for i := range 4 {
		go s.Find(i)
	}
}
