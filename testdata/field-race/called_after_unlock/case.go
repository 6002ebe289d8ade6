// Package called_after_unlock calls a function that leaves the lock to its callers, once after the lock was given back.
package called_after_unlock

import "sync"

// A pool keeps its connections, which have no lock of their own.
type pool struct {
	mu    sync.Mutex
	conns map[string]*conn
}

type conn struct {
	users int
}

// holdLocked needs the pool's lock.
func (c *conn) holdLocked() {
	c.users++
}

// letGoLocked needs the pool's lock.
func (c *conn) letGoLocked() int {
	c.users--
	return c.users
}

func (p *pool) connLocked(addr string) *conn {
	c, ok := p.conns[addr]
	if !ok {
		c = &conn{}
		p.conns[addr] = c
	}
	return c
}

func (p *pool) get(addr string) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.connLocked(addr)
	c.holdLocked()
	return c
}

func (p *pool) stream(addr string) (*conn, func()) {
	p.mu.Lock()
	c := p.connLocked(addr)
	p.mu.Unlock()
	c.holdLocked() // want "field called_after_unlock.conn.users is written without called_after_unlock.pool.mu"
	return c, func() { p.put(addr, c) }
}

func (p *pool) put(addr string, c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c.letGoLocked() == 0 {
		delete(p.conns, addr)
	}
}

// twice comes to the function through another one that takes no lock.
func (p *pool) twice(addr string) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.connLocked(addr)
	hold(c, 2)
	return c
}

func hold(c *conn, times int) {
	for range times {
		c.holdLocked()
	}
}
