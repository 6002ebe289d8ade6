// Package ok_without_cancel detaches but keeps the values.
package ok_without_cancel

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
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return check(clean)
}
