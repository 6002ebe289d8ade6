// Package ok_unlocked_at_the_end gets the lock from its callers, lets it go in the middle, and in the end by a deferred call.
package ok_unlocked_at_the_end

import "sync"

type sched struct {
	mu struct {
		sync.Mutex
		granting     bool
		unregistered bool
		running      int
	}
}

func (s *sched) tryLockedAndUnlock(n int) {
	defer s.mu.Unlock()
	if s.mu.unregistered {
		return
	}
	if s.mu.granting {
		return
	}
	if n <= s.mu.running {
		return
	}
	s.mu.granting = true
	s.mu.Unlock()
	work()
	s.mu.Lock()
	s.mu.granting = false
}

func work() {}

func (s *sched) Update(n int) {
	s.mu.Lock()
	s.mu.running = n
	s.tryLockedAndUnlock(n)
}

func (s *sched) Poke(n int) {
	s.mu.Lock()
	s.tryLockedAndUnlock(n)
}
