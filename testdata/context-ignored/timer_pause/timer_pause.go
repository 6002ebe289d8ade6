// Package timer_pause waits between its tries for a timer, in a function that has no context.
package timer_pause

import (
	"context"
	"time"
)

type follower interface{ position() uint64 }

func pause(d time.Duration) {
	t := time.NewTimer(d)
	<-t.C
}

func rest() {
	<-time.After(time.Second)
}

func waitFor(ctx context.Context, f follower, goal uint64) error {
retry:
	if f.position() < goal {
		pause(time.Second) // want "the loop waits here and never learns that ctx is over"
		goto retry
	}
	return ctx.Err()
}

func waitLonger(ctx context.Context, f follower, goal uint64) error {
	for f.position() < goal {
		rest() // want "the loop waits here and never learns that ctx is over"
	}
	return ctx.Err()
}
