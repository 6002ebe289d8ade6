// Package ok_locks_again takes the lock again in the fresh context.
package ok_locks_again

import (
	"context"
	"errors"
)

type keyType string

const held keyType = "held"

type info struct{ name string }

func lock(ctx context.Context, name string) (context.Context, func()) {
	return context.WithValue(ctx, held, &info{name}), func() {}
}

func check(ctx context.Context) error {
	i, ok := ctx.Value(held).(*info)
	if !ok {
		return errors.New("not locked")
	}
	_ = i.name
	return nil
}

func ok(ctx context.Context) error {
	ctx, unlock := lock(ctx, "ks")
	_ = check(ctx)
	unlock()
	fresh, again := lock(context.Background(), "ks")
	defer again()
	return check(fresh)
}
