// Package ok_carried_over leaves the deadline behind, and takes the value along if there is one.
package ok_carried_over

import (
	"context"
	"errors"
)

type key struct{}

var errNone = errors.New("no tenant")

func with(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, key{}, id)
}

func from(ctx context.Context) (string, error) {
	id, ok := ctx.Value(key{}).(string)
	if !ok {
		return "", errNone
	}
	return id, nil
}

func detach(ctx context.Context) context.Context {
	id, err := from(ctx)
	if err != nil {
		return context.Background()
	}
	return with(context.Background(), id)
}

func save(ctx context.Context, name string) (string, error) {
	id, err := from(ctx)
	if err != nil {
		return "", err
	}
	return id + name, nil
}

func handle(ctx context.Context, id string) {
	ctx = with(ctx, id)
	if _, err := save(ctx, "a"); err != nil {
		return
	}
	go func() {
		_, _ = save(detach(ctx), "b")
	}()
}
