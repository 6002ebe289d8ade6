// Package ok_per_attempt ends an attempt by a context of its own.
package ok_per_attempt

import (
	"context"
	"time"
)

func rounds(ctx context.Context, in <-chan int, handle func(int)) {
	for ctx.Err() == nil {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		select {
		case v := <-in:
			handle(v)
		case <-attempt.Done():
		}
		cancel()
	}
}
