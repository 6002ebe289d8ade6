// case: min-confidence=medium

// Package ok_set_once_then_read makes an object under the lock when it is missing, and uses it afterwards.
package ok_set_once_then_read

import "sync"

type conn struct{ addr string }

type client struct {
	mu   sync.Mutex
	conn *conn
}

func (c *client) ensure() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		c.conn = &conn{addr: "db"}
	}
}

func (c *client) addr() string {
	c.ensure()
	return c.conn.addr
}

func run(out func(string)) {
	c := &client{}
	for range 3 {
		go func() { out(c.addr()) }()
	}
}
