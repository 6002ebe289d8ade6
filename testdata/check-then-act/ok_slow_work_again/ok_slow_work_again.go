// Package ok_slow_work_again looks at the state again after the slow work.
package ok_slow_work_again

import "sync"

type Service struct {
	mu      sync.Mutex
	running bool
	wake    chan struct{}
}

func (s *Service) Start(prepare func() error) error {
	s.mu.Lock()
	running := s.running
	s.mu.Unlock()
	if running {
		return nil
	}
	if err := prepare(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running {
		return nil
	}
	s.running = true
	s.wake = make(chan struct{})
	return nil
}

func (s *Service) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = false
}
