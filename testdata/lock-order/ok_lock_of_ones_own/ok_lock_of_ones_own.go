// Package ok_lock_of_ones_own holds the lock of what a function has made, and runs what it was given.
package ok_lock_of_ones_own

import "sync"

type limiter struct {
	mu    sync.Mutex
	every int
	count int
}

func newLimiter(every int) *limiter { return &limiter{every: every} }

func (l *limiter) do(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count++; l.count%l.every == 0 {
		f()
	}
}

type client struct {
	mu     sync.Mutex
	checks *limiter
	sent   int
}

func newClient() *client { return &client{checks: newLimiter(2)} }

func (c *client) check() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.checks.do(func() {})
}

func (c *client) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
}

func each(n int, send func()) {
	own := newLimiter(10)
	for range n {
		own.do(func() { send() })
	}
}

func (c *client) pump(n int) { each(n, func() { c.count() }) }

func (c *client) drain(n int) {
	own := newLimiter(1)
	for range n {
		own.do(func() { c.count() })
	}
}

func run() {
	c := newClient()
	go c.pump(100)
	go c.drain(10)
	c.check()
}
