// Package ok_group_of_its_own applies a change to all shards, by a group that keeps the context it was made with.
package ok_group_of_its_own

import (
	"context"
	"errors"
	"sync"
)

type callerKey struct{}

var errUnknown = errors.New("caller is not known")

type group struct {
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

func newGroup(ctx context.Context) *group {
	g := &group{}
	g.ctx, g.cancel = context.WithCancel(ctx)
	return g
}

func (g *group) run(work func(ctx context.Context) error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if work(g.ctx) != nil {
			g.cancel()
		}
	}()
}

func (g *group) wait() {
	g.wg.Wait()
	g.cancel()
}

type shard struct{ changes map[string]string }

func (s *shard) execute(ctx context.Context, change string) error {
	caller, ok := ctx.Value(callerKey{}).(string)
	if !ok {
		return errUnknown
	}
	s.changes[change] = caller
	return nil
}

func apply(ctx context.Context, shards []*shard, change string) {
	g := newGroup(context.WithoutCancel(ctx))
	for _, one := range shards {
		g.run(func(ctx context.Context) error {
			return one.execute(ctx, change)
		})
	}
	g.wait()
}

func serve(ctx context.Context, name string, shards []*shard, changes []string) {
	ctx = context.WithValue(ctx, callerKey{}, name)
	for _, change := range changes {
		apply(ctx, shards, change)
	}
}
