// Package made_by_a_literal makes the context of the last steps in a literal, which drops the lock.
package made_by_a_literal

import (
	"context"
	"errors"
	"time"
)

type lockKey struct{}

func lock(ctx context.Context) (context.Context, func()) {
	return context.WithValue(ctx, lockKey{}, true), func() {}
}

func check(ctx context.Context) error {
	if ctx.Value(lockKey{}) == nil {
		return errors.New("not locked")
	}
	return nil
}

func move(ctx context.Context) error {
	detach := func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.Background(), time.Second)
	}
	ctx, unlock := lock(ctx)
	defer unlock()
	last, cancel := detach(ctx)
	defer cancel()
	return check(last) // want "check fails without the context value"
}

func moved(ctx context.Context) error {
	detach := func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	}
	ctx, unlock := lock(ctx)
	defer unlock()
	last, cancel := detach(ctx)
	defer cancel()
	return check(last)
}
