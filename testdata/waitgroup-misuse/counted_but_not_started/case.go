// Package counted_but_not_started adds one and leaves before the goroutine starts.
package counted_but_not_started

import (
	"errors"
	"sync"
)

type service struct {
	wg	 sync.WaitGroup
	closed bool
}

func (s *service) start(work func()) error {
	s.wg.Add(1) // want "s.wg.Add.1. is left without a Done on a path through service.start"
	if s.closed {
		return errors.New("closed") // step "nothing will call Done"
	}
	go func() {
		defer s.wg.Done()
		work()
	}()
	return nil
}

func (s *service) stop() { s.wg.Wait() }
