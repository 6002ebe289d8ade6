// Package ok_made_in_the_callback makes a channel for each shard inside the callback that runs at once for all shards.
package ok_made_in_the_callback

import (
	"context"
	"errors"
	"sync"
)

type source struct {
	shard    string
	position string
	rows     chan []string
	err      error
}

type differ struct {
	sources map[string]*source
	wg      sync.WaitGroup
}

func (d *differ) forEachSource(f func(*source) error) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []error
	for _, s := range d.sources {
		wg.Add(1)
		go func(s *source) {
			defer wg.Done()
			if err := f(s); err != nil {
				mu.Lock()
				defer mu.Unlock()
				all = append(all, err)
			}
		}(s)
	}
	wg.Wait()
	return errors.Join(all...)
}

func (d *differ) start(ctx context.Context, read func(ctx context.Context, shard string) (string, error)) error {
	return d.forEachSource(func(s *source) error {
		positions := make(chan string, 1)
		d.wg.Add(1)
		go d.stream(ctx, s, read, positions)
		position, ok := <-positions
		if !ok {
			return s.err
		}
		s.position = position
		return nil
	})
}

func (d *differ) stream(
	ctx context.Context, s *source, read func(context.Context, string) (string, error), positions chan string,
) {
	defer d.wg.Done()
	defer close(positions)
	position, err := read(ctx, s.shard)
	if err != nil {
		s.err = err
		return
	}
	positions <- position
}

func run(ctx context.Context, shards []string, read func(context.Context, string) (string, error)) error {
	d := &differ{sources: map[string]*source{}}
	for _, shard := range shards {
		d.sources[shard] = &source{shard: shard}
	}
	defer d.wg.Wait()
	return d.start(ctx, read)
}
