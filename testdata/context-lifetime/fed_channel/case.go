// Package fed_channel returns a channel that a goroutine feeds under a context which ends with the function.
package fed_channel

import (
	"context"
	"time"
)

type conn interface {
	recv(ctx context.Context) (int, error)
}

type client struct{ conn conn }

func (c *client) stream(ctx context.Context) (<-chan int, func() error) {
	rows := make(chan int)
	var failed error
	go func() {
		defer close(rows)
		for {
			row, err := c.conn.recv(ctx)
			if err != nil {
				failed = err
				return
			}
			select {
			case rows <- row:
			case <-ctx.Done():
				return
			}
		}
	}()
	return rows, func() error { return failed }
}

type streamer interface {
	stream(ctx context.Context) (<-chan int, func() error)
}

type pool struct{ streamers []streamer }

func newPool(c conn) *pool { return &pool{[]streamer{&client{c}}} }

func (p *pool) stream(ctx context.Context, at int) (<-chan int, func() error) {
	return p.streamers[at].stream(ctx)
}

type rows struct {
	in  <-chan int
	err func() error
}

func newRows(in <-chan int, err func() error) *rows { return &rows{in, err} }

func direct(c *client) (<-chan int, func() error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return c.stream(ctx) // want "the channel that c.stream returns is let out, but what feeds it ends"
}

func throughPool(p *pool) *rows {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	in, err := p.stream(ctx, 0) // want "the channel that p.stream returns is let out, but what feeds it ends"
	return newRows(in, err)
}
