// Package throttled waits until it may go on: what says so says "not yet" for ever once the context is over.
package throttled

import (
	"context"
	"time"
)

type limiter struct{ load chan int }

func (l *limiter) allows(ctx context.Context) bool {
	select {
	case load := <-l.load:
		return load < 80
	case <-ctx.Done():
		return false
	}
}

func (l *limiter) allowsOrWaits(ctx context.Context) bool {
	ok := l.allows(ctx)
	if !ok {
		time.Sleep(time.Second)
	}
	return ok
}

func purge(ctx context.Context, l *limiter, next func() (int, error)) error {
	for {
		if !l.allowsOrWaits(ctx) { // want "the loop tries again for ever"
			continue
		}
		left, err := next()
		if err != nil || left == 0 {
			return err
		}
	}
}

func purgeUnlessOver(ctx context.Context, l *limiter, next func() (int, error)) error {
	isOver := func() bool {
		select {
		case <-ctx.Done():
			return true
		default:
			return false
		}
	}
	for {
		if !l.allowsOrWaits(ctx) {
			if isOver() {
				return ctx.Err()
			}
			continue
		}
		left, err := next()
		if err != nil || left == 0 {
			return err
		}
	}
}

func purgeWhileAllowed(ctx context.Context, l *limiter, next func() int) {
	for {
		if !l.allowsOrWaits(ctx) {
			return
		}
		if next() > 0 {
			time.Sleep(time.Second)
		}
	}
}
