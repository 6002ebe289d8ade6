// Package add_in_helper counts itself two calls down, with Done in a deferred closure.
package add_in_helper

import "sync"

type streams struct {
	group sync.WaitGroup
	open  int
}

func (s *streams) start(n int) {
	for range n {
		go func() {
			s.one()
		}()
	}
}

func (s *streams) one() {
	s.group.Add(1) // want "s.group.Add runs on the goroutine that it counts"
	defer func() {
		s.open--
		s.group.Done()
	}()
	s.open++
}

func (s *streams) close() { s.group.Wait() }
