// Package panics_without panics when the value is not there.
package panics_without

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

func name(ctx context.Context) string { return ctx.Value(held).(*info).name }

func bad(ctx context.Context) string {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	_ = name(ctx)
	return name(context.Background()) // want "name fails without the context value .*held"
}
