// Package ok_timer_pause looks for the end of the context after each pause, or waits for it with the timer.
package ok_timer_pause

import (
	"context"
	"time"
)

type follower interface{ position() uint64 }

func pause(d time.Duration) {
	t := time.NewTimer(d)
	<-t.C
}

func pauseUnder(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func waitFor(ctx context.Context, f follower, goal uint64) error {
retry:
	if f.position() < goal {
		if err := pauseUnder(ctx, time.Second); err != nil {
			return err
		}
		goto retry
	}
	return nil
}

func waitLonger(ctx context.Context, f follower, goal uint64) error {
	for f.position() < goal && ctx.Err() == nil {
		pause(time.Second)
	}
	return ctx.Err()
}

func threeTimes(ctx context.Context, f follower, goal uint64) error {
	for range 3 {
		if f.position() >= goal {
			return nil
		}
		pause(time.Second)
	}
	return ctx.Err()
}
