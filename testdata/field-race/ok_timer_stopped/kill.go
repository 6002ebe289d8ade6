// Package kill gives a connection up when its query takes too long.
package kill

import (
	"context"
	"sync"
	"time"
)

type conn struct{ open bool }

func (c *conn) close()   { c.open = false }
func (c *conn) recycle() { c.open = true }
func (c *conn) run()     { time.Sleep(time.Millisecond) }

// Kill waits for the callback where it has begun already.
func Kill(ctx context.Context) {
	c := &conn{open: true}
	defer c.recycle()
	var wg sync.WaitGroup
	wg.Add(1)
	stop := context.AfterFunc(ctx, func() {
		defer wg.Done()
		c.close()
	})
	c.run()
	if !stop() {
		wg.Wait()
	}
}

// Limit leaves the connection alone where the timer was not stopped in time.
func Limit(d time.Duration) {
	c := &conn{open: true}
	timer := time.AfterFunc(d, c.close)
	c.run()
	if timer.Stop() {
		c.recycle()
	}
}
