// Package group_left_behind keeps the group of its goroutine to itself, so that nobody can wait for it.
package group_left_behind

import (
	"context"
	"sync"
)

type link struct{ id int }

type conn struct{ link *link }

// watch starts a goroutine that looks at the connection when the context ends. The caller closes the channel.
func (c *conn) watch(ctx context.Context, kill func(int)) chan bool {
	done := make(chan bool)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		select {
		case <-ctx.Done():
			kill(c.link.id)
		case <-done:
		}
	}()
	return done
}

func (c *conn) run(ctx context.Context, kill func(int), do func()) {
	done := c.watch(ctx, kill)
	defer close(done)
	do()
}

func (c *conn) reconnect(id int) { c.link = &link{id} } // want "field c.link is written while another goroutine may read it, with no common lock"

// Exec runs something, on a new connection every time.
func (c *conn) Exec(ctx context.Context, kill func(int), do func()) {
	c.run(ctx, kill, do)
	c.reconnect(c.link.id + 1)
}
