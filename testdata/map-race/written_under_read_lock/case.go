// Package written_under_read_lock fills a cache while it holds the lock for reading.
package written_under_read_lock

import "sync"

type cache struct {
	mu      sync.RWMutex
	entries map[string]int
}

func (c *cache) get(key string, load func(string) int) int {
	c.mu.RLock() // step "takes c.mu for reading"
	defer c.mu.RUnlock()
	value, ok := c.entries[key]
	if !ok {
		value = load(key)
		c.entries[key] = value // want "map c.entries is written while c.mu is held for reading only"
	}
	return value
}
