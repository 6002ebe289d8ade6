// Package ok_deferred is the fixed twin of early_return: a deferred unlock, also in a closure, also before the lock.
package ok_deferred

import (
	"errors"
	"sync"
)

type store struct {
	mu	 sync.Mutex
	closed bool
}

func (s *store) put() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errors.New("closed")
	}
	return nil
}

func (s *store) drop() error {
	s.mu.Lock()
	defer func() {
		s.closed = true
		s.mu.Unlock()
	}()
	if s.closed {
		return errors.New("closed")
	}
	return nil
}

func (s *store) wait(ready func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !ready() {
		s.mu.Unlock()
		s.mu.Lock()
		if s.closed {
			return
		}
	}
}
