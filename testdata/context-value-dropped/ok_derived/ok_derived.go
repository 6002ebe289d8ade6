// Package ok_derived passes derived contexts on.
package ok_derived

import (
	"context"
	"errors"
	"time"
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
	defer unlock()
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return check(context.WithValue(ctx, keyType("other"), 1))
}
