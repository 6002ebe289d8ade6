// Package map_order locks every shard of a transaction in the order of a map, by way of a slice.
package map_order

import "sync"

type shard struct {
	mu   sync.Mutex
	rows int
}

type cluster struct {
	mu     sync.Mutex
	shards map[string]*shard
}

func (c *cluster) lockAll(names map[string]bool) func() {
	var shards []*shard
	func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for name := range names { // step "ranges over a map"
			shards = append(shards, c.shards[name])
		}
	}()
	for _, s := range shards {
		s.mu.Lock() // want "s.mu is taken and kept for one object after another in the order of a map"
	}
	return func() {
		for _, s := range shards {
			s.mu.Unlock()
		}
	}
}

func flush(shards map[string]*shard) {
	for _, s := range shards {
		s.mu.Lock() // want "in the order of a map"
		defer s.mu.Unlock()
		s.rows = 0
	}
}
