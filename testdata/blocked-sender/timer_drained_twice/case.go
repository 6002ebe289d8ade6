// Package timer_drained_twice waits for the value of a timer that the other branch of its loop has received.
package timer_drained_twice

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
		case <-d.timer.C: // step "may receive the timer's value, and goes on without a Reset"
			d.flush()
		case <-d.reset:
			if !d.timer.Stop() { // step "Stop says false"
				<-d.timer.C // want "this receive from d.timer.C may wait for ever: the value may have been received before Stop was called"
			}
			d.timer.Reset(time.Second)
		case <-ctx.Done():
			return
		}
	}
}

func once(quit <-chan struct{}, idle func() bool) {
	timer := time.NewTimer(time.Second)
	for idle() {
		select {
		case <-timer.C: // step "may receive the timer's value"
		case <-quit:
			return
		}
	}
	if !timer.Stop() { // step "Stop says false"
		<-timer.C // want "this receive from timer.C may wait for ever"
	}
}
