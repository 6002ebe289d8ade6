// Package kept_argument builds a resolver that keeps its caller and polls through it before the caller has stored it.
package kept_argument

import "sync"

type updates interface{ changed() }

type resolver struct{ to updates }

func (r *resolver) build(to updates) *resolver {
	r.to = to
	r.changed()
	return r
}

func (r *resolver) changed() { r.to.changed() }

func (r *resolver) refresh() {}

type client struct {
	mu       sync.Mutex
	resolver *resolver
}

func (c *client) changed() {
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.resolver.refresh() // step "reads c.resolver"
	}()
}

func dial() *client {
	c := &client{}
	c.resolver = (&resolver{}).build(c) // want "field c.resolver is written while another goroutine may read it"
	return c
}
