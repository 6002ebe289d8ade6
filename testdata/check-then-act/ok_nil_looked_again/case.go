// Package ok_nil_looked_again gives the lock back, and looks again or keeps what it has seen.
package ok_nil_looked_again

import "sync"

type log interface {
	Propose(entry string)
}

type cluster struct {
	mu   sync.Mutex
	meta log
	kept log
}

func (c *cluster) update(check func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.meta == nil {
		return
	}
	c.mu.Unlock()
	ok := check()
	c.mu.Lock()
	if c.meta == nil {
		return
	}
	if ok {
		c.meta.Propose("update")
	}
}

// copied uses what it has seen.
func (c *cluster) copied(check func()) {
	c.mu.Lock()
	meta := c.meta
	c.mu.Unlock()
	if meta == nil {
		return
	}
	check()
	c.mu.Lock()
	defer c.mu.Unlock()
	meta.Propose("copied")
}

// before uses it before the lock is given back.
func (c *cluster) before(check func()) {
	c.mu.Lock()
	if c.meta != nil {
		c.meta.Propose("before")
	}
	c.mu.Unlock()
	check()
	c.mu.Lock()
	c.mu.Unlock()
}

// always uses what nobody sets to nil.
func (c *cluster) always(check func()) {
	c.mu.Lock()
	if c.kept == nil {
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	check()
	c.mu.Lock()
	c.kept.Propose("always")
	c.mu.Unlock()
}

func (c *cluster) shutdown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.meta = nil
}
