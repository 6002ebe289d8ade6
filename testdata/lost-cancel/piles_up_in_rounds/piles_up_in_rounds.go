// Package piles_up_in_rounds defers in a range that an endless loop repeats.
package piles_up_in_rounds

import (
	"context"
	"time"
)

func watch(parent context.Context, cells []string, probe func(context.Context, string), tick <-chan time.Time) {
	for {
		for _, cell := range cells {
			ctx, cancel := context.WithTimeout(parent, time.Second) // want "cancel is deferred in a loop: no call runs before watch returns"
			defer cancel() // step "deferred in the loop"
			probe(ctx, cell)
		}
		<-tick
	}
}

func each(parent context.Context, cells []string, probe func(context.Context, string), tick <-chan time.Time) {
	for {
		for _, cell := range cells {
			func() {
				ctx, cancel := context.WithTimeout(parent, time.Second)
				defer cancel()
				probe(ctx, cell)
			}()
		}
		<-tick
	}
}
