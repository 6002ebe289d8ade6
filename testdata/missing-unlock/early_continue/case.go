// Package early_continue goes on with the next element while it holds the lock.
package early_continue

import (
	"context"
	"sync"
)

type registry struct {
	mu	sync.RWMutex
	names map[string]int
}

func (r *registry) count(keys []string) int {
	total := 0
	for _, key := range keys {
		r.mu.Lock() // want "r.mu stays locked on a path on which registry.count goes round its loop"
		n, ok := r.names[key]
		if !ok {
			continue
		}
		r.names[key] = n + 1
		r.mu.Unlock()
		total += n
	}
	return total
}

type shard struct {
	mu     sync.Mutex
	closed bool
	items  []int
}

func (s *shard) empty() { s.items = nil }

func drain(ctx context.Context, shards []*shard) int {
	total := 0
	for _, s := range shards {
		s.mu.Lock() // want "s.mu stays locked on a path on which drain goes round its loop"
		if len(s.items) == 0 {
			continue
		}
		_, cancel := context.WithCancel(ctx)
		defer cancel()
		total += len(s.items)
		s.empty()
		s.mu.Unlock()
	}
	return total
}

// freeze holds the locks of all open shards until thaw.
func freeze(shards []*shard) (held []*shard) {
	for _, s := range shards {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			continue
		}
		held = append(held, s)
	}
	return held
}

func thaw(held []*shard) {
	for _, s := range held {
		s.mu.Unlock()
	}
}

// together holds all at once for a moment.
func together(shards []*shard) int {
	total := 0
	var held []*shard
	for _, s := range shards {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			continue
		}
		held = append(held, s)
		total += len(s.items)
	}
	for _, s := range held {
		s.mu.Unlock()
	}
	return total
}

// open finds one and gives it to the caller with its lock held.
func open(shards []*shard) *shard {
	for _, s := range shards {
		s.mu.Lock()
		if !s.closed {
			return s
		}
		s.mu.Unlock()
	}
	return nil
}
