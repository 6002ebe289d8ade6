// Package helper_sleeps waits in a helper that looks at no context either.
package helper_sleeps

import (
	"context"
	"time"
)

type throttle struct{ busy chan bool }

func (t *throttle) okOrWait(ctx context.Context, app string) bool {
	if <-t.busy && ctx != nil {
		time.Sleep(250 * time.Millisecond)
		return false
	}
	return app != ""
}

func stream(ctx context.Context, t *throttle, in <-chan int, out chan<- int) {
	for {
		if !t.okOrWait(ctx, "stream") { // want "the loop tries again for ever"
			continue
		}
		select {
		case v := <-in:
			out <- v
		case <-ctx.Done():
			return
		}
	}
}
