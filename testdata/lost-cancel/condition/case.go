// Package condition calls the cancel function on a condition that need not be the one it was made on.
package condition

import (
	"context"
	"time"
)

func run(ctx context.Context, limit time.Duration, verbose bool, work func(context.Context)) {
	cancel := func() {}
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit) // want "cancel is not called on a path on which run returns"
	}
	work(ctx)
	if verbose {
		cancel()
	}
}
