// Package polled_flag asks for a flag in each round of a loop without the lock under which another method sets it.
package polled_flag

import (
	"sync"
	"time"
)

type pump struct {
	mu      sync.Mutex
	stopped bool
	litres  int
}

func (p *pump) Run() {
	for !p.stopped { // want "field polled_flag.pump.stopped is read without polled_flag.pump.mu"
		p.lift()
	}
}

func (p *pump) lift() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.litres++
}

func (p *pump) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
}

// Running asks under the lock.
func (p *pump) Running() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.stopped
}

func (p *pump) Watch(see func()) {
	for p.Running() {
		see()
		time.Sleep(time.Millisecond)
	}
}

type search struct {
	mu    sync.Mutex
	found bool
	tries int
}

// Run ends when it has found out by itself.
func (s *search) Run() {
	for {
		s.look()
		if s.found {
			return
		}
	}
}

func (s *search) look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	s.found = s.tries > 3
}

func (s *search) Tries() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries
}
