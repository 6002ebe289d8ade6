// Package ok_lifecycle_root keeps a root context in the object, for a loop that needs no value (idioms A5, A6).
package ok_lifecycle_root

import (
	"context"
	"errors"
	"time"
)

type lockKey struct{}

func lock(ctx context.Context) context.Context { return context.WithValue(ctx, lockKey{}, true) }

func check(ctx context.Context) error {
	if ctx.Value(lockKey{}) == nil {
		return errors.New("not locked")
	}
	return nil
}

type streamer struct {
	ctx    context.Context
	cancel context.CancelFunc
	beats  int
}

func (s *streamer) open() {
	s.ctx, s.cancel = context.WithCancel(context.Background())
	go s.beat(s.ctx)
}

func (s *streamer) beat(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
			s.beats++
		}
	}
}

func ok(ctx context.Context) error {
	ctx = lock(ctx)
	s := &streamer{}
	s.open()
	defer s.cancel()
	return check(ctx)
}
