// Package captured_and_replaced has a context that a literal looks at, and that is replaced by a fresh one for the
// last steps.
package captured_and_replaced

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

func move(ctx context.Context, slow bool) error {
	detach := func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.Background(), time.Second)
	}
	ctx, unlock := lock(ctx)
	defer unlock()
	ended := func() bool { return ctx.Err() != nil }
	if slow && ended() {
		return ctx.Err()
	}
	last, cancel := detach(ctx)
	defer cancel()
	ctx = last
	return check(ctx) // want "check fails without the context value"
}
