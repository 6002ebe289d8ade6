// Package failure_returned returns when the backup has failed: the context has not ended where the server is started again.
package failure_returned

import (
	"context"
	"time"
)

type server struct{ changes chan string }

func (s *server) change(ctx context.Context, to string) error {
	select {
	case s.changes <- to:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Minute):
		return nil
	}
}

func (s *server) copy(ctx context.Context) error { return s.change(ctx, "copied") }

func (s *server) backUp(ctx context.Context) (bool, error) {
	if err := s.change(ctx, "stopped"); err != nil {
		return false, err
	}
	failure := s.copy(ctx)
	if failure != nil {
		return false, failure
	}
	if err := s.change(context.Background(), "started"); err != nil { // want "s.change waits under a fresh context: the end of ctx is not heard of"
		return true, err
	}
	return true, failure
}
