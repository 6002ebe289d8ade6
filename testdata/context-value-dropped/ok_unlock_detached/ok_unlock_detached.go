// Package ok_unlock_detached unlocks under a fresh context, which needs no value (idioms A1, A7).
package ok_unlock_detached

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

func release(ctx context.Context) error { return ctx.Err() }

func ok(ctx context.Context) error {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	if err := check(ctx); err != nil {
		return err
	}
	return release(context.Background())
}
