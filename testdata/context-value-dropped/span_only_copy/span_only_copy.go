// Package span_only_copy detaches through a helper that keeps another value only.
package span_only_copy

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

type spanKey struct{}

func copySpan(to, from context.Context) context.Context {
	if span := from.Value(spanKey{}); span != nil {
		return context.WithValue(to, spanKey{}, span)
	}
	return to
}

func bad(ctx context.Context) error {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	detached := copySpan(context.Background(), ctx) // step "fresh context"
	return check(detached)                          // want "check fails without the context value .*held"
}
