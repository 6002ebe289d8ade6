// Package atomic_flag keeps work from being done twice with a load and a store.
package atomic_flag

import "sync/atomic"

type Stream struct {
	closed atomic.Bool
	done   chan struct{}
}

func (s *Stream) Close() {
	if s.closed.Load() { // step "tests s.closed"
		return
	}
	s.closed.Store(true) // want "tests s.closed and then sets it in two atomic steps: two goroutines may both pass"
	close(s.done)
}
