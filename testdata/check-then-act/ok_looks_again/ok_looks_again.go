// Package ok_looks_again tests a second time once it has the write lock.
package ok_looks_again

import "sync"

type conn struct{ done chan struct{} }

func (c *conn) Close() { close(c.done) }

func dial(addr string) *conn { return &conn{done: make(chan struct{})} }

type Cache struct {
	mu    sync.RWMutex
	conns map[string]*conn
}

func (c *Cache) Get(addr string) *conn {
	c.mu.RLock()
	found, ok := c.conns[addr]
	c.mu.RUnlock()
	if ok {
		return found
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.conns[addr]; ok {
		return found
	}
	made := dial(addr)
	c.conns[addr] = made
	return made
}

func (c *Cache) Drop(addr string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.conns, addr)
}
