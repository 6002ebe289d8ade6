// Package ok_all_locks takes the lock of every shard and releases them in a second loop.
package ok_all_locks

import "sync"

type shard struct {
	mu sync.Mutex
	n  int
}

func total(shards []*shard) int {
	for _, s := range shards {
		s.mu.Lock()
	}
	sum := 0
	for _, s := range shards {
		sum += s.n
	}
	for _, s := range shards {
		s.mu.Unlock()
	}
	return sum
}
