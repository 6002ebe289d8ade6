// Package ok_tolerates_absence falls back when the value is not there.
package ok_tolerates_absence

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

func caller(ctx context.Context) string {
	i, ok := ctx.Value(held).(*info)
	if !ok {
		return "unknown"
	}
	return i.name
}

func ok(ctx context.Context) string {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	_ = check(ctx)
	return caller(context.Background())
}
