// Package ok_locks_inside gives the fresh context to a callee that takes the lock itself before it needs it.
package ok_locks_inside

import (
	"context"
	"errors"
)

type lockKey struct{}

func lock(ctx context.Context, name string) (context.Context, func()) {
	return context.WithValue(ctx, lockKey{}, name), func() {}
}

func save(ctx context.Context) error {
	if ctx.Value(lockKey{}) == nil {
		return errors.New("not locked")
	}
	return nil
}

func saveRules(ctx context.Context) error {
	ctx, unlock := lock(ctx, "rules")
	defer unlock()
	return save(ctx)
}

func ok(ctx context.Context) error {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	if err := save(ctx); err != nil {
		return err
	}
	return saveRules(context.Background())
}
