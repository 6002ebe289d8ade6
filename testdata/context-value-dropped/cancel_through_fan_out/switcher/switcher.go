// Package switcher cancels under a fresh context: the lock that the caller holds is missed three packages away, in a
// callback of a callback of a group whose context is derived from the fresh one.
package switcher

import (
	"context"
	"time"

	"govetpy.test/context-value-dropped/cancel_through_fan_out/group"
	"govetpy.test/context-value-dropped/cancel_through_fan_out/topo"
)

type mover interface {
	switchWrites(ctx context.Context) error
	cancel(ctx context.Context) error
}

type traffic struct {
	ts     *topo.Server
	shards []string
}

func (t *traffic) forAllSources(f func(shard string) error) error {
	var g group.Group
	for _, shard := range t.shards {
		g.Go(func() error { return f(shard) })
	}
	return g.Wait()
}

func (t *traffic) switchWrites(ctx context.Context) error { return t.denyTables(ctx) }

func (t *traffic) denyTables(ctx context.Context) error {
	g, gctx := group.WithContext(ctx)
	g.Go(func() error {
		return t.forAllSources(func(shard string) error {
			return t.ts.UpdateShard(ctx, shard, func(s *topo.Shard) error { return s.DenyTables(gctx) })
		})
	})
	return g.Wait()
}

func (t *traffic) cancel(context.Context) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // step "fresh context"
	defer cancel()
	return t.denyTables(ctx) // want "t.denyTables fails without the context value topo.locksKey"
}

type dry struct{ log []string }

func (d *dry) switchWrites(context.Context) error { return nil }

func (d *dry) cancel(context.Context) error {
	d.log = append(d.log, "cancel")
	return nil
}

// Switch moves the writes of a keyspace.
func Switch(ctx context.Context, ts *topo.Server, keyspace string, dryRun bool) error {
	var m mover = &traffic{ts, []string{"-80", "80-"}}
	if dryRun {
		m = &dry{}
	}
	ctx, unlock, err := ts.LockKeyspace(ctx, keyspace) // step "locksKey is put into the context here"
	if err != nil {
		return err
	}
	defer unlock()
	if err := m.switchWrites(ctx); err != nil {
		return m.cancel(ctx)
	}
	return nil
}
