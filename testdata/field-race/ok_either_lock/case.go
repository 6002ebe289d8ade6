// Package ok_either_lock changes a limit under two locks, so that whoever holds one of them may read it.
package ok_either_lock

import "sync"

type conn struct {
	mu      sync.Mutex
	writing sync.Mutex
	limit   int
	sent    int
	waiting int
}

func (c *conn) setLimit(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writing.Lock()
	defer c.writing.Unlock()
	c.limit = n
}

func (c *conn) raise() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writing.Lock()
	defer c.writing.Unlock()
	c.limit++
}

func (c *conn) wait() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting += c.limit
}

func (c *conn) fits(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return n <= c.limit
}

func (c *conn) write(data []byte) {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.sent += min(len(data), c.limit)
}
