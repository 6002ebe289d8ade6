// Package kill gives a connection up when its query takes too long.
package kill

import (
	"context"
	"time"
)

type conn struct{ open bool }

func (c *conn) close()   { c.open = false } // want "field c.open is written while another goroutine may write it"
func (c *conn) recycle() { c.open = true }
func (c *conn) run()     { time.Sleep(time.Millisecond) }

// Kill takes the callback, which has begun already, for stopped.
func Kill(ctx context.Context) {
	c := &conn{open: true}
	stop := context.AfterFunc(ctx, func() {
		c.close()
	})
	c.run()
	if !stop() {
		println("too late")
	}
	c.recycle()
}
