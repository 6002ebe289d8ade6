// Package goroutine_left_behind starts a goroutine under a context that its own defer ends.
package goroutine_left_behind

import (
	"context"
	"time"
)

type audit struct{ lines chan string }

func (a *audit) write(ctx context.Context, line string) error {
	select {
	case a.lines <- line:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func note(ctx context.Context, a *audit, line string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // step "this context ends when note returns"
	go func() {    // step "a goroutine is started"
		_ = a.write(ctx, line) // want "nobody waits for this goroutine, and its context ends when this function returns"
	}()
}
