// Package ok_conditional_start adds and starts on the same condition (twin of counted_but_not_started).
package ok_conditional_start

import "sync"

type service struct {
	wg sync.WaitGroup
}

func (s *service) start(watch bool, work func()) {
	if watch {
		s.wg.Add(1)
	}
	if watch {
		go func() {
			defer s.wg.Done()
			work()
		}()
	}
}

func (s *service) stop() { s.wg.Wait() }
