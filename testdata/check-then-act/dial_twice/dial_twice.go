// Package dial_twice looks a connection up under the read lock and stores a new one without a second look.
package dial_twice

import "sync"

type conn struct{ done chan struct{} }

func (c *conn) Close() { close(c.done) }

func dial(addr string) (*conn, error) { return &conn{done: make(chan struct{})}, nil }

type Cache struct {
	mu    sync.RWMutex
	conns map[string]*conn
}

func (c *Cache) Get(addr string) (*conn, error) {
	c.mu.RLock()
	found, ok := c.conns[addr] // step "tests c.conns.addr."
	c.mu.RUnlock()
	if ok {
		return found, nil
	}
	made, err := dial(addr)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns[addr] = made // want "tests c.conns.addr. and then sets it in two critical sections"
	return made, nil
}

func (c *Cache) Drop(addr string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.conns, addr) // step "is set as well"
}
