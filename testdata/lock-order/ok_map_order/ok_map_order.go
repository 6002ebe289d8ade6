// Package ok_map_order sorts first, gives back in every round, lets one goroutine in at a time, or does not wait.
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

func (c *cluster) tryAll() bool {
	var got []*shard
	for _, s := range c.shards {
		if !s.mu.TryLock() {
			for _, s := range got {
				s.mu.Unlock()
			}
			return false
		}
		got = append(got, s)
	}
	for _, s := range got {
		s.rows = 0
		s.mu.Unlock()
	}
	return true
}
