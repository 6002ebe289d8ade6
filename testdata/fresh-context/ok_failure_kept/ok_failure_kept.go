// Package ok_failure_kept starts the server again whether or not the backup has failed, as it does when the context ends.
package ok_failure_kept

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
	usable := failure == nil
	if err := s.change(context.Background(), "started"); err != nil {
		return usable, err
	}
	return usable, failure
}
