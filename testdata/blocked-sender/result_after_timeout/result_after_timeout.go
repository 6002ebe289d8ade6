// Package result_after_timeout gives up on a result that is sent without room for it.
package result_after_timeout

import (
	"context"
	"time"
)

func load(ctx context.Context, read func() (int, error)) (int, error) {
	result := make(chan int) // step "made without a buffer"
	failure := make(chan error)
	go func() { // step "goroutine is started"
		n, err := read()
		if err != nil {
			failure <- err // want "send on failure may wait for ever: the receiver may return without receiving"
			return
		}
		result <- n // want "send on result may wait for ever: the receiver may return without receiving"
	}()
	select {
	case n := <-result:
		return n, nil
	case err := <-failure:
		return 0, err
	case <-time.After(time.Second):
		return 0, context.DeadlineExceeded
	case <-ctx.Done():
		return 0, ctx.Err() // step "returns without receiving here too"
	}
}
