// Package next_round makes a new context in every round and cancels it in the good ones only.
package next_round

import (
	"context"
	"time"
)

func poll(parent context.Context, rounds int, ask func(context.Context) error) {
	for range rounds {
		ctx, cancel := context.WithTimeout(parent, time.Minute) // want "cancel is replaced in the next round of a loop"
		if err := ask(ctx); err != nil {
			continue
		}
		cancel()
	}
}
