// Package ok_stopped_scheduler closes the channel that its users send on when nobody can be there any more.
package ok_stopped_scheduler

import (
	"context"
	"sync"
)

type scheduler struct {
	mu      sync.Mutex
	wake    chan struct{}
	gone    chan struct{}
	pending []func()
	ctx     context.Context
	cancel  context.CancelFunc
}

func newScheduler() *scheduler {
	s := &scheduler{wake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	go s.run()
	return s
}

func (s *scheduler) add(job func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel == nil {
		panic("added to a scheduler that is stopped")
	}
	if len(s.pending) == 0 {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
	s.pending = append(s.pending, job)
}

func (s *scheduler) stop() {
	s.mu.Lock()
	s.cancel()
	s.cancel = nil
	s.mu.Unlock()
	<-s.gone
}

// run tells first that it is gone; nobody adds anything by then.
func (s *scheduler) run() {
	defer func() {
		close(s.gone)
		close(s.wake)
	}()
	for {
		s.mu.Lock()
		jobs := s.pending
		s.pending = nil
		s.mu.Unlock()
		for _, job := range jobs {
			job()
		}
		select {
		case <-s.wake:
		case <-s.ctx.Done():
			return
		}
	}
}

func work(jobs <-chan func()) {
	s := newScheduler()
	defer s.stop()
	for job := range jobs {
		s.add(job)
	}
}
