// Package guard_left_out reads a field without the lock that guards it elsewhere.
package guard_left_out

import "sync"

type cache struct {
	mu    sync.Mutex
	total int
}

func (c *cache) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total += n
}

func (c *cache) drain() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.total
	c.total = 0
	return n
}

func (c *cache) size() int {
	return c.total // want "field guard_left_out.cache.total is read without guard_left_out.cache.mu, which is held at 4 of 5 accesses"
}
