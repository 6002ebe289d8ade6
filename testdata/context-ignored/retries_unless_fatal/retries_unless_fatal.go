// Package retries_unless_fatal waits by a clock of its own, and gives up for errors of one type or value only.
package retries_unless_fatal

import (
	"context"
	"errors"
	"time"
)

type clock interface {
	pause(d time.Duration)
}

type wallClock struct{}

func (wallClock) pause(d time.Duration) { time.Sleep(d) }

type fatal struct{ error }

var errGone = errors.New("gone")

func again(ctx context.Context, c clock, try func(context.Context) error) error {
	for delay := time.Millisecond; ; delay *= 2 { // step "no counter or clock ends it"
		err := try(ctx)
		if err == nil {
			return nil
		}
		var last fatal
		if errors.As(err, &last) {
			return last
		}
		c.pause(delay) // want "the loop tries again for ever"
	}
}

func untilGone(ctx context.Context, try func(context.Context) error) error {
	for {
		err := try(ctx)
		if err == nil || errors.Is(err, errGone) {
			return err
		}
		wallClock{}.pause(time.Second) // want "the loop tries again for ever"
	}
}

