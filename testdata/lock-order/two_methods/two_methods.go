// Package two_methods closes from the client to the pool and evicts from the pool to the client.
package two_methods

import "sync"

type pool struct {
	mu      sync.Mutex
	clients map[string]*client
}

type client struct {
	mu   sync.Mutex
	name string
	pool *pool
}

func (c *client) close() {
	c.mu.Lock() // step "takes c.mu"
	defer c.mu.Unlock()
	c.pool.forget(c.name) // want "p.mu is taken while c.mu is held .in client.close.; pool.evict takes c.mu while it holds p.mu"
}

func (p *pool) forget(name string) {
	p.mu.Lock() // step "takes p.mu"
	defer p.mu.Unlock()
	delete(p.clients, name)
}

func (p *pool) evict(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.clients[name]; c != nil {
		c.stop()
	}
}

func (c *client) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = ""
}

func (p *pool) renew(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clients[name].stop()
}
