// Package ok_timer_drained drains timers whose value nobody else has taken (twin of timer_drained_twice).
package ok_timer_drained

import (
	"context"
	"time"
)

type debouncer struct {
	timer *time.Timer
	reset chan struct{}
	flush func()
}

func (d *debouncer) loop(ctx context.Context) {
	for {
		select {
		case <-d.timer.C:
			d.flush()
			d.timer.Reset(time.Second)
		case <-d.reset:
			if !d.timer.Stop() {
				<-d.timer.C
			}
			d.timer.Reset(time.Second)
		case <-ctx.Done():
			return
		}
	}
}

func (d *debouncer) careful(ctx context.Context) {
	for {
		select {
		case <-d.timer.C:
			d.flush()
		case <-d.reset:
			if !d.timer.Stop() {
				select {
				case <-d.timer.C:
				default:
				}
			}
			d.timer.Reset(time.Second)
		case <-ctx.Done():
			return
		}
	}
}

func (d *debouncer) remembers(ctx context.Context) {
	fired := false
	for {
		select {
		case <-d.timer.C:
			fired = true
		case <-d.reset:
			if !d.timer.Stop() && !fired {
				<-d.timer.C
			}
			fired = false
			d.timer.Reset(time.Second)
		case <-ctx.Done():
			return
		}
	}
}

func within(ctx context.Context, timer *time.Timer, done <-chan struct{}) error {
	select {
	case <-done:
		if !timer.Stop() {
			<-timer.C
		}
		return nil
	case <-timer.C:
		return context.DeadlineExceeded
	case <-ctx.Done():
		return ctx.Err()
	}
}
