// Package ok_lock_upgraded gives its caller's read lock back for a write lock, and takes it again at the end.
package ok_lock_upgraded

import "sync"

type config struct {
	mu   sync.RWMutex
	keys []string
}

func (c *config) fillReadLocked() {
	if len(c.keys) > 0 {
		return
	}
	c.mu.RUnlock()
	defer c.mu.RLock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.keys) == 0 {
		c.keys = []string{"first"}
	}
}

func (c *config) current() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.fillReadLocked()
	return c.keys[0]
}

func (c *config) set(keys []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys = keys
}

func (c *config) add(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keys = append(c.keys, key)
}
