// Package one_channel_for_all makes one channel for the positions of all shards, with room for one of them.
package one_channel_for_all

import (
	"context"
	"sync"
)

type position struct{ shard, at string }

type differ struct {
	shards    []string
	positions chan *position
}

func newDiffer(shards []string) *differ {
	return &differ{shards: shards, positions: make(chan *position, 1)} // step "capacity 1"
}

func (d *differ) forEachSource(f func(string)) {
	var wg sync.WaitGroup
	for _, shard := range d.shards {
		wg.Add(1)
		go func(shard string) { // step "goroutine"
			defer wg.Done()
			f(shard)
		}(shard)
	}
	wg.Wait()
}

func (d *differ) start(read func(shard string) string) {
	d.forEachSource(func(shard string) {
		select {
		case d.positions <- &position{shard, read(shard)}: // want "many goroutines send on d.positions, which holds 1"
		default:
		}
	})
}

func (d *differ) note(ctx context.Context, found map[string]string) {
	for {
		select {
		case p := <-d.positions:
			found[p.shard] = p.at
		case <-ctx.Done():
			return
		}
	}
}

func run(ctx context.Context, shards []string, read func(string) string) {
	d := newDiffer(shards)
	go d.note(ctx, map[string]string{})
	d.start(read)
}
