// Package ok_defer_in_last_round defers in a loop that the same round leaves (twin of piles_up).
package ok_defer_in_last_round

import (
	"context"
	"time"
)

func first(parent context.Context, ready <-chan bool, ask func(context.Context) error) error {
	for open := range ready {
		if !open {
			continue
		}
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel()
		return ask(ctx)
	}
	return nil
}

func each(parent context.Context, ready <-chan bool, ask func(context.Context) error) {
	for range ready {
		func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			_ = ask(ctx)
		}()
	}
}
