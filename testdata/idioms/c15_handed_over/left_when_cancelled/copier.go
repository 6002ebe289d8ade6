// Package left_when_cancelled lends the plans to a goroutine and clears them when its time is over, without waiting for
// the goroutine.
package left_when_cancelled

import (
	"context"
	"time"
)

type streamer struct{ plans map[string]int }

func (s *streamer) stream(ctx context.Context) error {
	for range 1000 {
		s.plans["a"]++ // want "map s.plans is written"
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (s *streamer) catchUp(ctx context.Context) error {
	errs := make(chan error, 1)
	go func() {
		errs <- s.stream(ctx)
		close(errs)
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		s.reset()
		return ctx.Err()
	}
}

func (s *streamer) reset() { clear(s.plans) } // step "writes s.plans"

func run() {
	s := &streamer{plans: map[string]int{"a": 1, "b": 2, "c": 3}}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Microsecond)
	defer cancel()
	_ = s.catchUp(ctx)
}
