// Package ok_goroutine starts a goroutine that waits for the lock until its starter has gone.
package ok_goroutine

import (
	"sync"
	"time"
)

type cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *cache) expire(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, key)
}

func (c *cache) put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key] = 1
	go c.expire("")
	time.AfterFunc(time.Minute, func() { c.expire(key) })
}
