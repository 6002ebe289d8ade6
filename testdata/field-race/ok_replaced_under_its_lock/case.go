// case: min-confidence=medium

// Package ok_replaced_under_its_lock drops an object under its lock when nobody uses it any more; others go through it
// to take the lock, and then keep to what they got.
package ok_replaced_under_its_lock

import "sync"

type backend struct {
	sync.Mutex
	nodes map[string]int
}

type conn struct{ backend *backend }

func (c *conn) watch(done <-chan struct{}) {
	c.enter()
	go func() {
		<-done
		c.backend.Lock()
		b := c.backend
		defer b.Unlock()
		b.nodes["watch"]--
	}()
}

func (c *conn) enter() {
	c.backend.Lock()
	b := c.backend
	defer b.Unlock()
	b.nodes["watch"]++
}

func (c *conn) close() bool {
	c.backend.Lock()
	b := c.backend
	defer b.Unlock()
	if b.nodes["watch"] > 0 {
		return false
	}
	c.backend = nil
	return true
}
