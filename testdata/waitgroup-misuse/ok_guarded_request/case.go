// Package ok_guarded_request counts requests behind a test of the state, under the lock that the end takes too; and
// adds for a loop that may have no round.
package ok_guarded_request

import "sync"

type server struct {
	mu	   sync.Mutex
	open	 bool
	requests sync.WaitGroup
}

func (s *server) check() bool {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return false
	}
	s.requests.Add(1)
	defer s.requests.Done()
	s.mu.Unlock()
	return true
}

func (s *server) watch() {
	go func() {
		s.check()
	}()
}

func (s *server) close() {
	s.mu.Lock()
	s.open = false
	s.mu.Unlock()
	s.requests.Wait()
}

func fields(sources []func(func()), first func()) {
	var ready sync.WaitGroup
	ready.Add(1)
	for i, source := range sources {
		go source(func() {
			if i == 0 {
				first()
				ready.Done()
				return
			}
			ready.Wait()
		})
	}
}
