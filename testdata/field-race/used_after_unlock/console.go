// Package used_after_unlock counts in what it has looked up when it has given the lock back.
package used_after_unlock

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
	c.mu.RLock()
	s, ok := c.sessions[id]
	c.mu.RUnlock()
	if !ok {
		return ""
	}
	s.hits++ // want "field used_after_unlock.console.sessions.….\.hits is written without used_after_unlock.console.mu"
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
