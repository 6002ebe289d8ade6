// Package ok_kept_before keeps the context that it was given in what it returns, and derives one for its own set-up
// afterwards, under the same name: that one ends with the function, not the one kept.
package ok_kept_before

import (
	"context"
	"sync"
	"time"
)

type shard struct{ name string }

func (s *shard) refresh(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Millisecond):
		return nil
	}
}

// Monitor looks after shards until its context ends.
type Monitor struct {
	ctx    context.Context
	shards []*shard
}

func newMonitor(ctx context.Context) *Monitor {
	return &Monitor{ctx: ctx}
}

// Open makes a monitor and fills it within a second.
func Open(ctx context.Context, shards []*shard) *Monitor {
	monitor := newMonitor(ctx)
	monitor.shards = shards
	ctx, cancel := context.WithTimeout(monitor.ctx, time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for _, one := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = one.refresh(ctx)
		}()
	}
	wg.Wait()
	return monitor
}

// Watch refreshes the shards again and again.
func (m *Monitor) Watch() {
	for m.ctx.Err() == nil {
		for _, one := range m.shards {
			_ = one.refresh(m.ctx)
		}
	}
}
