// Package ok_branches locks on every branch once, and in a literal that runs when the lock is free again.
package ok_branches

import "sync"

type switcher struct {
	mu sync.Mutex
	on bool
}

func (s *switcher) flip(way int) {
	switch way {
	case 0:
		s.mu.Lock()
	default:
		s.mu.Lock()
		s.on = true
	}
	s.mu.Unlock()
	later := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.on = !s.on
	}
	func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.on = false
	}()
	later()
	for range way {
		s.mu.Lock()
		s.mu.Unlock()
	}
}
