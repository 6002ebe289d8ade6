// Package in_a_callback works in a literal that the function waits for.
package in_a_callback

import (
	"context"
	"sync"
)

type shard struct{ ready chan struct{} }

func (s *shard) wait(ctx context.Context) error {
	select {
	case <-s.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func forAll(shards []*shard, f func(*shard) error) error {
	var wg sync.WaitGroup
	errs := make([]error, len(shards))
	for i, s := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = f(s)
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func waitAll(ctx context.Context, shards []*shard) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return forAll(shards, func(s *shard) error {
		return s.wait(context.Background()) // want "s.wait waits under a fresh context: the end of ctx"
	})
}
