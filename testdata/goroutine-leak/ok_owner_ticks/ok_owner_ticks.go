// Package ok_owner_ticks has a janitor that leaves its loop when the cache is closed.
package ok_owner_ticks

import (
	"sync"
	"time"
)

type cache struct {
	mu     sync.Mutex
	data   map[string]time.Time
	ttl    time.Duration
	closed bool
}

func newCache(ttl time.Duration) *cache {
	c := &cache{data: map[string]time.Time{}, ttl: ttl}
	go c.janitor()
	return c
}

func (c *cache) janitor() {
	ticker := time.NewTicker(c.ttl)
	defer ticker.Stop()
	for now := range ticker.C {
		if !c.sweep(now) {
			return
		}
	}
}

func (c *cache) sweep(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, at := range c.data {
		if now.Sub(at) > c.ttl {
			delete(c.data, key)
		}
	}
	return !c.closed
}

// Close ends the janitor, by the next tick.
func (c *cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}
