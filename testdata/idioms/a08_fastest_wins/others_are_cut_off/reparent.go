// Package others_are_cut_off returns when the new primary is promoted, and its deferred cancel cuts the replicas off that
// ought to follow it.
package others_are_cut_off

import (
	"context"
	"time"
)

type replica struct{ answers chan error }

func (r *replica) follow(ctx context.Context, _ string) error {
	select {
	case err := <-r.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *replica) repoint(ctx context.Context, primary string) {
	go func() { // step "a goroutine is started"
		_ = r.follow(ctx, primary) // want "nobody waits for this goroutine, and its context ends when reparent returns"
	}()
}

func reparent(ctx context.Context, replicas []*replica, primary string, promote func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel() // step "this context ends when reparent returns"
	for _, r := range replicas {
		r.repoint(ctx, primary)
	}
	return promote(ctx)
}

func reparentAll(ctx context.Context, shards map[string][]*replica, promote func(context.Context) error) {
	for shard, replicas := range shards {
		go func() { _ = reparent(ctx, replicas, shard, promote) }()
	}
}
