// Package ok_between_goroutines takes the lock in one goroutine and releases it in the one that waited for it.
package ok_between_goroutines

import "sync"

func relay(mu *sync.Mutex, work func()) {
	taken := make(chan struct{})
	go func() {
		mu.Lock()
		close(taken)
	}()
	<-taken
	work()
	mu.Unlock()
}

type stream struct {
	mu sync.Mutex
}

func (s *stream) each(chunks []int, visit func(func(int) error) error) error {
	var held bool
	defer func() {
		if held {
			s.mu.Unlock()
		}
	}()
	return visit(func(chunk int) error {
		if !held && chunk > 0 {
			s.mu.Lock()
			held = true
		}
		if chunk < 0 {
			s.mu.Unlock()
			held = false
		}
		return nil
	})
}
