// Package ok_constructor sets fields before anyone else can see the object.
package ok_constructor

import "sync"

type cache struct {
	mu    sync.Mutex
	total int
	name  string
}

func newCache(name string) *cache {
	c := &cache{}
	c.name = name
	c.fill()
	return c
}

func (c *cache) fill() { c.total = len(c.name) }

func (c *cache) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total += n
}

func (c *cache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}
