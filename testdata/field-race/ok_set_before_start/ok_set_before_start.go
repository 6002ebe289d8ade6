// Package ok_set_before_start sets a field before the first goroutine, of which each may start another one.
package ok_set_before_start

import (
	"context"
	"sync"
)

type stream struct {
	cancel context.CancelFunc
	wg     sync.WaitGroup
	parts  chan int
}

func (s *stream) run(ctx context.Context, parts []int) {
	ctx, s.cancel = context.WithCancel(ctx)
	for _, part := range parts {
		s.one(ctx, part)
	}
	s.wg.Wait()
}

func (s *stream) one(ctx context.Context, part int) {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		if !s.send(ctx, part) {
			s.cancel()
		}
	}()
}

func (s *stream) send(ctx context.Context, part int) bool {
	select {
	case s.parts <- part:
		if part > 1 {
			s.one(ctx, part/2)
		}
		return true
	case <-ctx.Done():
		return false
	}
}
