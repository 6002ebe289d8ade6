// Package across_packages looks the value up in another package, through a getter and a fan-out.
package across_packages

import (
	"context"
	"errors"
	"sync"

	"govetpy.test/context-value-dropped/across_packages/topo"
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

func bad(ctx context.Context, shards []string) error {
	ctx = topo.With(ctx, "ks") // step "put into"
	_ = topo.Check(ctx)
	var wg sync.WaitGroup
	for range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fresh := context.Background()
			_ = topo.Check(fresh) // want "topo.Check fails without the context value topo.locksKey"
		}()
	}
	wg.Wait()
	_, err := lock(ctx, "x")
	_ = err
	return check(ctx)
}
