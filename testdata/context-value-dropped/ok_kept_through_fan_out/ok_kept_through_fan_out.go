// Package ok_kept_through_fan_out detaches with WithoutCancel before the fan-out: the fixed twin of
// cancel_through_fan_out.
package ok_kept_through_fan_out

import (
	"context"
	"errors"
	"sync"
	"time"
)

type locksKey struct{}

func lock(ctx context.Context, name string) (context.Context, func()) {
	return context.WithValue(ctx, locksKey{}, name), func() {}
}

func deny(ctx context.Context, shard string) error {
	if name, ok := ctx.Value(locksKey{}).(string); !ok {
		return errors.New(shard + " is not locked by " + name)
	}
	return nil
}

type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func withContext(ctx context.Context) (*group, context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{}, ctx, cancel
}

func (g *group) start(f func() error) {
	g.wg.Go(func() {
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	})
}

func denyAll(ctx context.Context, shards []string) error {
	g, gctx, cancel := withContext(ctx)
	defer cancel()
	for _, shard := range shards {
		g.start(func() error { return deny(gctx, shard) })
	}
	g.wg.Wait()
	return g.err
}

func revert(ctx context.Context, shards []string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return denyAll(ctx, shards)
}

func ok(ctx context.Context, shards []string) error {
	ctx, unlock := lock(ctx, "ks")
	defer unlock()
	if err := denyAll(ctx, shards); err != nil {
		return errors.Join(err, revert(ctx, shards))
	}
	return nil
}
