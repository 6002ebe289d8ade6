// Package piles_up defers in a loop without an end.
package piles_up

import (
	"context"
	"time"
)

func retry(parent context.Context, ask func(context.Context) error, wait <-chan time.Time) {
	for {
		ctx, cancel := context.WithTimeout(parent, time.Second) // want "cancel is deferred in a loop: no call runs before retry returns"
		defer cancel() // step "deferred in the loop"
		if err := ask(ctx); err == nil {
			return
		}
		<-wait
	}
}

func hedge(parent context.Context, ask func(context.Context, chan<- error)) error {
	answers := make(chan error, 8)
	go ask(parent, answers)
	patience := time.NewTimer(time.Second)
	defer patience.Stop()
	for {
		select {
		case <-patience.C:
			ctx, cancel := context.WithCancel(parent) // want "cancel is deferred in a loop"
			defer cancel()
			go ask(ctx, answers)
			patience.Reset(time.Second)
		case err := <-answers:
			if err == nil {
				return nil
			}
		}
	}
}
