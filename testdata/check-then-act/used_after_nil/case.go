// Package used_after_nil looks for nil under a lock, and uses what it has seen after the lock was given back.
package used_after_nil

import "sync"

type log interface {
	Propose(entry string)
	Leader() string
}

type state struct{ entries int }

type cluster struct {
	mu    sync.Mutex
	meta  log
	state *state
	hook  func()
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
	if ok {
		c.meta.Propose("update") // want "tests c.meta and then uses it in two critical sections: another goroutine may have set it to nil in between"
	}
}

func (c *cluster) count(check func()) int {
	c.mu.Lock()
	open := c.state != nil
	c.mu.Unlock()
	check()
	if open {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.state.entries // want "tests c.state and then uses it in two critical sections"
	}
	return 0
}

func (c *cluster) run(check func()) {
	c.mu.Lock()
	if c.hook != nil {
		c.mu.Unlock()
		check()
		c.mu.Lock()
		c.hook() // want "tests c.hook and then uses it in two critical sections"
	}
	c.mu.Unlock()
}

func (c *cluster) shutdown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.meta = nil
	c.state = nil
	c.hook = nil
}
