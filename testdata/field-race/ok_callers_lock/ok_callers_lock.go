// Package ok_callers_lock takes the lock in every caller.
package ok_callers_lock

import "sync"

type cache struct {
	mu    sync.Mutex
	total int
}

func (c *cache) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(c.total + n)
}

func (c *cache) reset() {
	c.mu.Lock()
	c.put(0)
	c.mu.Unlock()
}

func (c *cache) put(n int) { c.total = n }
