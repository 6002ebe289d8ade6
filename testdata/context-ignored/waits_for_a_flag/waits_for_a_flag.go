// Package waits_for_a_flag polls with a context at hand.
package waits_for_a_flag

import (
	"context"
	"sync/atomic"
	"time"
)

func untilReady(ctx context.Context, ready *atomic.Bool) error {
	for !ready.Load() {
		<-time.After(100 * time.Millisecond) // want "the loop waits here and never learns that ctx is over"
	}
	return nil
}
