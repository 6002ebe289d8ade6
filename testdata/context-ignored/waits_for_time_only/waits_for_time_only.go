// Package waits_for_time_only has a select with one case, which is a sleep.
package waits_for_time_only

import (
	"context"
	"time"
)

func retry(ctx context.Context, try func() error) {
	for try() != nil {
		select { // want "never learns that ctx is over"
		case <-time.After(time.Second):
		}
	}
}
