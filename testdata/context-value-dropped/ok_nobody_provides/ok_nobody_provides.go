// Package ok_nobody_provides fails without a value that no caller ever had.
package ok_nobody_provides

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
	_ = ctx.Err()
	return check(context.Background())
}
