// Package slow_work tests a state, lets go of the lock for slow work, and sets the state without a second look.
package slow_work

import "sync"

type State int

const (
	Idle State = iota
	Running
)

type Service struct {
	mu    sync.Mutex
	state State
}

func (s *Service) Start(prepare func() error) error {
	s.mu.Lock()
	if s.state != Idle { // step "tests s.state"
		s.mu.Unlock()
		return nil
	}
	s.mu.Unlock()
	if err := prepare(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = Running // want "tests s.state and then sets it in two critical sections: two goroutines may both pass"
	return nil
}

func (s *Service) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = Idle // step "is set as well"
}
