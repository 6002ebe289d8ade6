// Package ok_used_after_unlock counts in what it has looked up, and uses then what does not change.
package ok_used_after_unlock

import "sync"

type session struct {
	user string
	hits int
}

type console struct {
	mu       sync.RWMutex
	sessions map[string]*session
}

func (c *console) login(id, user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions[id] = &session{user: user}
}

func (c *console) who(id string) string {
	c.mu.Lock()
	s, ok := c.sessions[id]
	if ok {
		s.hits++
	}
	c.mu.Unlock()
	if !ok {
		return ""
	}
	return s.user
}

func (c *console) total() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	sum := 0
	for _, s := range c.sessions {
		sum += s.hits
	}
	return sum
}
