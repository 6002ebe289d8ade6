// Package back_from_what_is_kept asks all that a map holds under a lock, and each asks its owner back.
package back_from_what_is_kept

import "sync"

type controller struct {
	mu      sync.RWMutex
	streams map[int]*stream
	limit   int
}

type stream struct {
	owner *controller
	rows  int
}

func newController(count, limit int) *controller {
	c := &controller{streams: make(map[int]*stream), limit: limit}
	for id := 0; id < count; id++ {
		c.streams[id] = &stream{owner: c}
	}
	return c
}

func (c *controller) rowsLeft() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.limit
}

func (c *controller) setLimit(limit int) {
	c.mu.Lock() // step "takes c.mu"
	defer c.mu.Unlock()
	c.limit = limit
	for _, one := range c.streams {
		one.throttle() // want "c.mu is locked again while this goroutine holds it"
	}
}

func (s *stream) throttle() {
	if left := s.owner.rowsLeft(); s.rows > left {
		s.rows = left
	}
}
