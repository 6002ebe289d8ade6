// Package ok_compare_and_swap lets one goroutine alone close.
package ok_compare_and_swap

import "sync/atomic"

type Stream struct {
	closed atomic.Bool
	done   chan struct{}
	count  atomic.Int64
}

func (s *Stream) Close() {
	if s.closed.Load() {
		return
	}
	if !s.closed.CompareAndSwap(false, true) {
		return
	}
	close(s.done)
}

func (s *Stream) Add(n int64) {
	for {
		old := s.count.Load()
		if s.count.CompareAndSwap(old, old+n) {
			return
		}
	}
}
