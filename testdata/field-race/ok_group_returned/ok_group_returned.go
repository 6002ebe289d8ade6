// Package ok_group_returned hands the group of its goroutine to the caller, who waits for it.
package ok_group_returned

import (
	"context"
	"sync"
)

type link struct{ id int }

type conn struct{ link *link }

// watch starts a goroutine that looks at the connection when the context ends. The caller closes the channel and waits.
func (c *conn) watch(ctx context.Context, kill func(int)) (chan bool, *sync.WaitGroup) {
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
	return done, &wg
}

func (c *conn) run(ctx context.Context, kill func(int), do func()) {
	done, wg := c.watch(ctx, kill)
	defer func() {
		close(done)
		wg.Wait()
	}()
	do()
}

func (c *conn) reconnect(id int) { c.link = &link{id} }

// Exec runs something, on a new connection every time.
func (c *conn) Exec(ctx context.Context, kill func(int), do func()) {
	c.run(ctx, kill, do)
	c.reconnect(c.link.id + 1)
}
