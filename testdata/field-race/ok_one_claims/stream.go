// Package ok_one_claims lets only the first of several goroutines go on, by a number that it swaps or adds to.
package ok_one_claims

import (
	"sync"
	"sync/atomic"
)

const done = 2

type state uint32

type stream struct {
	state   state
	started atomic.Int64
	taken   int32
	status  string
	begun   int
	owner   string
}

func (s *stream) swap(next state) state {
	return state(atomic.SwapUint32((*uint32)(&s.state), uint32(next)))
}

func (s *stream) close(status string) {
	if s.swap(done) == done {
		return
	}
	s.status = status
}

func (s *stream) begin() {
	if s.started.Add(1) > 1 {
		return
	}
	s.begun++
}

func (s *stream) take(owner string) bool {
	if atomic.SwapInt32(&s.taken, 1) != 0 {
		return false
	}
	s.owner = owner
	return true
}

func serve(owners []string) *stream {
	s := &stream{}
	var wg sync.WaitGroup
	for _, owner := range owners {
		wg.Go(func() {
			s.begin()
			s.take(owner)
			s.close(owner)
		})
	}
	wg.Wait()
	return s
}
