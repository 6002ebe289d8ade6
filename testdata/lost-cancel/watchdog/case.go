// Package watchdog leaves the goroutine behind that cancels a stream which has been idle for too long.
package watchdog

import (
	"context"
	"time"
)

func stream(ctx context.Context, last func() time.Time, run func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want "only the goroutine that waits for its context calls cancel"
	go func() { // step "waits for the context, and alone may end it"
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if time.Since(last()) > time.Minute {
				cancel()
				return
			}
		}
	}()
	return run(ctx)
}

// events hands a callback on that looks at the context, which keeps nothing alive.
func events(ctx context.Context, idle func() bool, run func(context.Context, func(string) error) error) error {
	ctx, cancel := context.WithCancel(ctx) // want "only the goroutine that waits for its context calls cancel"
	go func() { // step "waits for the context, and alone may end it"
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if idle() {
				cancel()
				return
			}
		}
	}()
	return run(ctx, func(string) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			return nil
		}
	})
}
