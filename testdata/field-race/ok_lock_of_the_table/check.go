// Package ok_lock_of_the_table changes what is in a table under its own lock, too.
package ok_lock_of_the_table

import "sync"

type health struct {
	mu      sync.Mutex
	serving bool
	lag     int
}

func (h *health) update(serving bool, lag int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.serving, h.lag = serving, lag
}

func (h *health) fail() {
	h.mu.Lock()
	h.serving = false
	h.mu.Unlock()
}

func (h *health) usable(limit int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.serving && h.lag < limit
}

func (h *health) follow(done *sync.WaitGroup) {
	defer done.Done()
	for lag := range 1000 {
		h.update(true, lag)
		if lag%7 == 0 {
			h.fail()
		}
	}
}

type check struct {
	mu      sync.RWMutex
	tablets map[string]*health
}

func (c *check) add(name string, done *sync.WaitGroup) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := &health{}
	c.tablets[name] = h
	done.Add(1)
	go h.follow(done)
}

func (c *check) usable() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := 0
	for _, h := range c.tablets {
		if h.usable(3) {
			found++
		}
	}
	return found
}

func (c *check) drain() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.tablets {
		h.fail()
	}
}

func run() int {
	var done sync.WaitGroup
	c := &check{tablets: map[string]*health{}}
	c.add("a", &done)
	c.add("b", &done)
	for range 1000 {
		c.drain()
	}
	done.Wait()
	return c.usable()
}
