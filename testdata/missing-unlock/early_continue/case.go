// Package early_continue goes on with the next element while it holds the lock.
package early_continue

import "sync"

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
