// case: min-confidence=medium

// Package ok_replaced_under_its_lock drops an object under its lock; others go through it to take the lock, and then
// keep to what they got.
package ok_replaced_under_its_lock

import "sync"

type backend struct {
	sync.Mutex
	nodes map[string]int
}

type conn struct{ backend *backend }

func (c *conn) watch(done <-chan struct{}) {
	go func() {
		<-done
		c.backend.Lock()
		b := c.backend
		defer b.Unlock()
		b.nodes["watch"]--
	}()
}

func (c *conn) close() {
	c.backend.Lock()
	b := c.backend
	defer b.Unlock()
	c.backend = nil
}
