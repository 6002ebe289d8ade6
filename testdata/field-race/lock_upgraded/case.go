// Package lock_upgraded gives its caller's read lock back for a write lock, and does not take it again.
package lock_upgraded

import "sync"

type config struct {
	mu   sync.RWMutex
	keys []string
}

func (c *config) fillReadLocked() {
	c.mu.RUnlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.keys) == 0 {
		c.keys = []string{"first"}
	}
}

func (c *config) current() string {
	c.mu.RLock()
	c.fillReadLocked()
	return c.keys[0] // want "field lock_upgraded.config.keys is read without lock_upgraded.config.mu"
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
