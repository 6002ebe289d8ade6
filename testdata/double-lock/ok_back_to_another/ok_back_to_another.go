// Package ok_back_to_another asks all that a map holds under a lock, and each asks somebody else.
package ok_back_to_another

import "sync"

type controller struct {
	mu      sync.RWMutex
	streams map[int]*stream
	limit   int
}

// stream moves rows from one controller to another, which may be neither that keeps it.
type stream struct {
	from, to *controller
	rows     int
}

func (c *controller) rowsLeft() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.limit
}

func (c *controller) setLimit(limit int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit = limit
	for _, one := range c.streams {
		one.throttle()
	}
}

func (s *stream) throttle() {
	if left := s.to.rowsLeft(); s.rows > left {
		s.rows = left
	}
}

type group struct {
	mu      sync.Mutex
	members []*member
	size    int
}

type member struct {
	group *group
	name  string
}

func (g *group) join(name string) {
	g.mu.Lock()
	g.members = append(g.members, &member{g, name})
	members := append([]*member(nil), g.members...)
	g.mu.Unlock()
	for _, one := range members {
		one.tell()
	}
}

func (m *member) tell() {
	m.group.mu.Lock()
	defer m.group.mu.Unlock()
	m.group.size++
}
