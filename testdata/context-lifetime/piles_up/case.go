// Package piles_up registers one more callback in each round, for as long as the loop's context lasts.
package piles_up

import "context"

type conn interface {
	Next(ctx context.Context) (string, error)
	Close()
}

func serve(ctx context.Context, dial func() conn, handle func(string)) {
	for { // step "the loop goes round, and ctx lasts"
		c := dial()
		context.AfterFunc(ctx, c.Close) // want "what context.AfterFunc starts lasts until ctx ends: each round of the loop leaves one behind"
		for {
			value, err := c.Next(ctx)
			if err != nil {
				break
			}
			handle(value)
		}
		if ctx.Err() != nil {
			return
		}
	}
}
