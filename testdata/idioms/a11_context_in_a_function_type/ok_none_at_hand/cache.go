// Package ok_none_at_hand has a context only inside the type of a parameter: none is at hand.
package ok_none_at_hand

import (
	"context"
	"sync"
	"time"
)

type request[K comparable] struct {
	key K
	at  time.Time
}

type cache[K comparable, V any] struct {
	fill func(ctx context.Context, key K) (V, error)

	mu     sync.Mutex
	values map[K]V

	requests chan *request[K]
	ctx      context.Context
	cancel   context.CancelFunc
	wg       sync.WaitGroup
}

func newCache[K comparable, V any](fill func(ctx context.Context, key K) (V, error), size int) *cache[K, V] {
	c := &cache[K, V]{fill: fill, values: map[K]V{}, requests: make(chan *request[K], size)}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.wg.Add(1)
	go c.backfill()
	return c
}

func (c *cache[K, V]) backfill() {
	defer c.wg.Done()
	for {
		select {
		case <-c.ctx.Done():
			return
		case r := <-c.requests:
			value, err := c.fill(c.ctx, r.key)
			if err != nil {
				continue
			}
			c.mu.Lock()
			c.values[r.key] = value
			c.mu.Unlock()
		}
	}
}

func (c *cache[K, V]) enqueue(key K) bool {
	select {
	case c.requests <- &request[K]{key, time.Now()}:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func (c *cache[K, V]) close() {
	c.cancel()
	c.wg.Wait()
}

type store struct{ answers chan int }

func (s *store) read(ctx context.Context, _ string) (int, error) {
	select {
	case n := <-s.answers:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func warm(keys []string, fill func(ctx context.Context, key string) (int, error)) error {
	for _, key := range keys {
		if _, err := fill(context.Background(), key); err != nil {
			return err
		}
	}
	return nil
}

func run() bool {
	s := &store{answers: make(chan int)}
	c := newCache(s.read, 10)
	defer c.close()
	if err := warm([]string{"a"}, s.read); err != nil {
		return false
	}
	return c.enqueue("a")
}
