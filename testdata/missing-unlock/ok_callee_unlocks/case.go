// Package ok_callee_unlocks leaves the unlock to a helper on one of the ways out.
package ok_callee_unlocks

import (
	"errors"
	"sync"
)

type session struct {
	mu	sync.Mutex
	state int
}

func (s *session) fail(reason string) error {
	s.state = -1
	s.mu.Unlock()
	return errors.New(reason)
}

func (s *session) begin() error {
	s.mu.Lock()
	if s.state != 0 {
		return s.fail("not idle")
	}
	s.state = 1
	s.mu.Unlock()
	return nil
}

func (s *session) inline(stop bool) error {
	s.mu.Lock()
	done := func() { s.mu.Unlock() }
	if stop {
		done()
		return errors.New("stopped")
	}
	done()
	return nil
}
