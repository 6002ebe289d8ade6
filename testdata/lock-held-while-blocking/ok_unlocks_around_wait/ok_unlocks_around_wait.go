// Package ok_unlocks_around_wait gives its caller's lock back while it waits for a slot.
package ok_unlocks_around_wait

import "sync"

type slots struct {
	mu   sync.Mutex
	free chan struct{}
	used int
}

func (s *slots) acquire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acquireLocked()
}

func (s *slots) acquireLocked() {
	s.used++
	s.mu.Unlock()
	defer s.mu.Lock()
	<-s.free
}

func (s *slots) feed() {
	for {
		s.mu.Lock()
		s.used--
		s.mu.Unlock()
		s.free <- struct{}{}
	}
}

func run() {
	s := &slots{free: make(chan struct{})}
	go s.feed()
	s.acquire()
}
