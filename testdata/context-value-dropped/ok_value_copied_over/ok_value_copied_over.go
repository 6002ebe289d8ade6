// Package ok_value_copied_over detaches through a helper that carries the value over.
package ok_value_copied_over

import (
	"context"
	"errors"
	"time"
)

type lockKey struct{}

func lock(ctx context.Context) context.Context { return context.WithValue(ctx, lockKey{}, "ks") }

func check(ctx context.Context) error {
	if ctx.Value(lockKey{}) == nil {
		return errors.New("not locked")
	}
	return nil
}

func copyLock(from context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	to := context.WithValue(context.Background(), lockKey{}, from.Value(lockKey{}))
	return context.WithTimeout(to, limit)
}

func ok(ctx context.Context) error {
	ctx = lock(ctx)
	if err := check(ctx); err != nil {
		return err
	}
	detached, cancel := copyLock(ctx, time.Minute)
	defer cancel()
	return check(detached)
}
