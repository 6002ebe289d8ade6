// Package returned_in_loop has no classifier: the loop itself tells the busy error from all others, and returns the
// deadline of its own cycle.
package returned_in_loop

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errBusy = errors.New("busy")

type source interface {
	pull(ctx context.Context, each func(row string) error) error
}

func follow(ctx context.Context, s source, each func(string) error) error {
	for ctx.Err() == nil {
		cycle, cancel := context.WithTimeout(ctx, 30*time.Second) // step "the deadline of one cycle"
		err := s.pull(cycle, each)
		cancel()
		switch {
		case err == nil:
			continue
		case errors.Is(err, errBusy):
			time.Sleep(time.Second)
			continue
		}
		return fmt.Errorf("pull: %w", err) // want "context.DeadlineExceeded is expected here"
	}
	return ctx.Err()
}
