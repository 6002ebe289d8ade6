// Package ok_nothing_at_hand sleeps where there is no context, and asks for the slot.
package ok_nothing_at_hand

import (
	"context"
	"time"
)

type slots chan struct{}

func (s slots) acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) release() { <-s }

func forever(work func()) {
	for {
		work()
		time.Sleep(time.Minute)
	}
}

func slot(ctx context.Context, free slots, work func()) error {
	if err := free.acquire(ctx); err != nil {
		return err
	}
	defer free.release()
	work()
	return nil
}
