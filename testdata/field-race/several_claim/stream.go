// Package several_claim lets more than one goroutine go on: the number is not the one that it swaps, or a limit.
package several_claim

import (
	"sync"
	"sync/atomic"
)

const (
	draining = 1
	done     = 2
)

type stream struct {
	state   uint32
	started atomic.Int64
	status  string
	begun   int
}

func (s *stream) swap(next uint32) uint32 { return atomic.SwapUint32(&s.state, next) }

func (s *stream) close(status string) {
	if s.swap(done) == draining {
		return
	}
	s.status = status // want "field s.status is written by several goroutines at once"
}

func (s *stream) begin() {
	if s.started.Add(1) > 10 {
		return
	}
	s.begun++ // want "field s.begun is written by several goroutines at once"
}

func serve(owners []string) *stream {
	s := &stream{}
	var wg sync.WaitGroup
	for _, owner := range owners {
		wg.Go(func() {
			s.begin()
			s.close(owner)
		})
	}
	wg.Wait()
	return s
}
