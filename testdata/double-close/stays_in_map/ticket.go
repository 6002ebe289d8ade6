// Package stays_in_map closes what it finds in a map, and leaves it there.
package stays_in_map

import "sync"

type ticket struct{ called chan struct{} }

type counter struct {
	mu      sync.Mutex
	waiting map[string]*ticket
}

func (c *counter) draw(name string) <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &ticket{called: make(chan struct{})}
	c.waiting[name] = t
	return t.called
}

func (c *counter) call(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.waiting[name]; t != nil {
		close(t.called) // want "t.called may be closed twice: it stays in the map"
	}
}

func (c *counter) closeDown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.waiting {
		close(t.called) // step "and closed again"
	}
	c.waiting = map[string]*ticket{}
}
