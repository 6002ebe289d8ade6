// Package carries_the_change wakes a loop by the change itself, which is lost when one is pending.
package carries_the_change

import (
	"context"
	"sync"
)

type change struct{ shard, kind string }

type manager struct {
	changes chan *change
	kinds   map[string]string
}

func newManager() *manager {
	return &manager{changes: make(chan *change, 1), kinds: map[string]string{}} // step "capacity 1"
}

func (m *manager) loop(ctx context.Context) {
	for {
		select {
		case c := <-m.changes:
			m.kinds[c.shard] = c.kind
		case <-ctx.Done():
			return
		}
	}
}

func (m *manager) notify(c *change) {
	select {
	case m.changes <- c: // want "many goroutines send on m.changes, which holds 1"
	default:
	}
}

func run(ctx context.Context, shards []string) {
	m := newManager()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Go(func() { m.notify(&change{shard, "primary"}) }) // step "goroutine"
	}
	m.loop(ctx)
	wg.Wait()
}
