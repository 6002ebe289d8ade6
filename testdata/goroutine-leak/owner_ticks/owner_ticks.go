// Package owner_ticks has a cache whose janitor ranges over a ticker, and does not hear of Close.
package owner_ticks

import (
	"sync"
	"time"
)

type cache struct {
	mu   sync.Mutex
	data map[string]time.Time
	ttl  time.Duration
}

func newCache(ttl time.Duration) *cache {
	c := &cache{data: map[string]time.Time{}, ttl: ttl}
	go c.janitor() // want "this goroutine never ends, although there is cache.Close"
	return c
}

func (c *cache) janitor() {
	ticker := time.NewTicker(c.ttl)
	for now := range ticker.C {
		c.sweep(now)
	}
}

func (c *cache) sweep(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, at := range c.data {
		if now.Sub(at) > c.ttl {
			delete(c.data, key)
		}
	}
}

// Close forgets everything.
func (c *cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.data)
}
