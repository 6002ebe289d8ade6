// Package fresh_for_cleanup cleans up under a fresh context that has lost the lock.
package fresh_for_cleanup

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

func update(ctx context.Context) error { return check(ctx) }

func bad(ctx context.Context) error {
	ctx, unlock := lock(ctx, "ks") // step "held is put into the context here"
	defer unlock()
	if err := update(ctx); err != nil {
		clean, cancel := context.WithTimeout(context.Background(), time.Minute) // step "fresh context"
		defer cancel()
		return update(clean) // want "update fails without the context value .*held"
	}
	return nil
}
