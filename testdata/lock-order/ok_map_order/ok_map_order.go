// Package ok_map_order sorts first, gives back in every round, or lets one goroutine in at a time.
package ok_map_order

import (
	"sort"
	"sync"
)

type shard struct {
	mu   sync.Mutex
	name string
	rows int
}

type cluster struct {
	mu     sync.Mutex
	shards map[string]*shard
}

func (c *cluster) lockSorted() []*shard {
	var shards []*shard
	for _, s := range c.shards {
		shards = append(shards, s)
	}
	sort.Slice(shards, func(i, j int) bool { return shards[i].name < shards[j].name })
	for _, s := range shards {
		s.mu.Lock()
	}
	return shards
}

func (c *cluster) reset() {
	for _, s := range c.shards {
		s.mu.Lock()
		s.rows = 0
		s.mu.Unlock()
	}
}

func (c *cluster) freeze() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.shards {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
}

func inOrder(shards []*shard) {
	for _, s := range shards {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
}
