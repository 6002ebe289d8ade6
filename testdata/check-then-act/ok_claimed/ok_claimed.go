// Package ok_claimed marks the work as its own under the lock before it lets go: nobody else comes in between.
package ok_claimed

import (
	"sync"
	"sync/atomic"
)

type Sweeper struct {
	mu       sync.Mutex
	sweeping bool
	swept    int
	busy     atomic.Bool
}

func (s *Sweeper) Sweep(work func() int) {
	s.mu.Lock()
	if s.sweeping {
		s.mu.Unlock()
		return
	}
	s.sweeping = true
	s.mu.Unlock()
	n := work()
	s.mu.Lock()
	s.sweeping = false
	s.swept = n
	s.mu.Unlock()
}

func (s *Sweeper) Once(work func() int) {
	if !s.busy.CompareAndSwap(false, true) {
		return
	}
	defer s.busy.Store(false)
	s.mu.Lock()
	n := s.swept
	s.mu.Unlock()
	n += work()
	s.mu.Lock()
	s.swept = n
	s.mu.Unlock()
}
