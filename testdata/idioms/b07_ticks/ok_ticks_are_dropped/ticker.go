// Package ok_ticks_are_dropped has a ticker whose ticks are dropped when nobody waits, and a watch dog that any message
// keeps quiet.
package ok_ticks_are_dropped

import (
	"context"
	"math/rand"
	"sync/atomic"
	"time"
)

type ticker struct {
	c    <-chan time.Time
	done chan struct{}
}

func newTicker(d, variance time.Duration) *ticker {
	c := make(chan time.Time, 1)
	done := make(chan struct{})
	go func() {
		for {
			timer := time.NewTimer(d + time.Duration(rand.Int63n(int64(variance))))
			select {
			case <-timer.C:
				select {
				case c <- time.Now():
				default:
				}
			case <-done:
				timer.Stop()
				close(c)
				return
			}
		}
	}()
	return &ticker{c, done}
}

func (t *ticker) stop() { close(t.done) }

type report struct{ serving bool }

func follow(ctx context.Context, stream func(context.Context, func(report) error) error, apply func(report) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	serving := make(chan bool, 1)
	var timedOut atomic.Bool
	go func() {
		for {
			select {
			case <-serving:
				continue
			case <-time.After(time.Second):
				timedOut.Store(true)
				cancel()
				return
			case <-ctx.Done():
				return
			}
		}
	}()
	err := stream(ctx, func(r report) error {
		select {
		case serving <- r.serving:
		default:
		}
		return apply(r)
	})
	if timedOut.Load() {
		return context.DeadlineExceeded
	}
	return err
}

func run(ctx context.Context, stream func(context.Context, func(report) error) error, apply func(report) error) {
	t := newTicker(time.Second, time.Millisecond)
	defer t.stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.c:
			if err := follow(ctx, stream, apply); err != nil {
				return
			}
		}
	}
}
