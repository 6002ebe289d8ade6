// Package ok_renewed takes its callbacks back, or ends their context with each round (twin of piles_up).
package ok_renewed

import "context"

type conn interface {
	Next(ctx context.Context) (string, error)
	Close()
}

func serve(ctx context.Context, dial func() conn, handle func(string)) {
	for ctx.Err() == nil {
		c := dial()
		stop := context.AfterFunc(ctx, c.Close)
		if value, err := c.Next(ctx); err == nil {
			handle(value)
		}
		stop()
	}
}

func rounds(parent context.Context, dial func() conn, handle func(string)) {
	for parent.Err() == nil {
		ctx, cancel := context.WithCancel(parent)
		c := dial()
		context.AfterFunc(ctx, c.Close)
		if value, err := c.Next(ctx); err == nil {
			handle(value)
		}
		cancel()
	}
}

func all(ctx context.Context, conns []conn) {
	for _, c := range conns {
		context.AfterFunc(ctx, c.Close)
	}
}

func once(ctx context.Context, dial func() conn) conn {
	for {
		c := dial()
		if _, err := c.Next(ctx); err != nil {
			continue
		}
		context.AfterFunc(ctx, c.Close)
		return c
	}
}
