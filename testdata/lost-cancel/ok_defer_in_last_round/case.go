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

// hedge asks a second time when the first answer is late, once.
func hedge(parent context.Context, ask func(context.Context, chan<- error)) error {
	answers := make(chan error, 2)
	go ask(parent, answers)
	patience := time.NewTimer(time.Second)
	defer patience.Stop()
	failed := 0
	for {
		select {
		case <-patience.C:
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			go ask(ctx, answers)
		case err := <-answers:
			if failed++; err == nil || failed == 2 {
				return err
			}
			if failed == 1 && patience.Stop() {
				patience.Reset(0)
			}
		}
	}
}

func remind(parent context.Context, ask func(context.Context, chan<- error)) error {
	answers := make(chan error, 2)
	go ask(parent, answers)
	late := time.After(time.Second)
	for {
		select {
		case <-late:
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			go ask(ctx, answers)
		case err := <-answers:
			if err == nil {
				return nil
			}
		}
	}
}
