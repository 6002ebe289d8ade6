// Package ok_signal_only makes a fresh context of which only the cancel function and Done matter (idiom A4).
package ok_signal_only

import (
	"context"
	"errors"
)

type lockKey struct{}

func lock(ctx context.Context) context.Context { return context.WithValue(ctx, lockKey{}, true) }

func check(ctx context.Context) error {
	if ctx.Value(lockKey{}) == nil {
		return errors.New("not locked")
	}
	return nil
}

func wait(work, signal context.Context, steps int) error {
	for range steps {
		select {
		case <-signal.Done():
			return signal.Err()
		default:
		}
		if err := check(work); err != nil {
			return err
		}
	}
	return nil
}

func ok(ctx context.Context) error {
	ctx = lock(ctx)
	signal, stop := context.WithCancel(context.Background())
	defer stop()
	return wait(ctx, signal, 3)
}
