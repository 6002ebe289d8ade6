// Package ok_taken_out_of_map closes what it takes out of a map, itself or by its caller, or what is marked.
package ok_taken_out_of_map

import "sync"

type ticket struct {
	called chan struct{}
	served bool
}

type counter struct {
	mu      sync.Mutex
	waiting map[string]*ticket
}

func (c *counter) call(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.waiting[name]; ok {
		c.forget(name)
		close(t.called)
	}
}

func (c *counter) forget(name string) { delete(c.waiting, name) }

func (c *counter) callLocked(name string) {
	t, ok := c.waiting[name]
	if ok {
		close(t.called)
	}
}

func (c *counter) turnAway(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.callLocked(name)
	delete(c.waiting, name)
}

func (c *counter) serve(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.waiting[name]
	if t.served {
		return
	}
	t.served = true
	close(t.called)
}

func (c *counter) closeDown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.waiting {
		if !t.served {
			close(t.called)
		}
	}
	c.waiting = nil
}
