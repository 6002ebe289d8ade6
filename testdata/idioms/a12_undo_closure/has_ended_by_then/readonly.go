// Package has_ended_by_then returns a function that undoes under a context that has ended by then.
package has_ended_by_then

import (
	"context"
	"time"
)

type server struct{ answers chan error }

func (s *server) exec(ctx context.Context, _ string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *server) setReadOnly(ctx context.Context) (func() error, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := s.exec(ctx, "ON"); err != nil {
		return nil, err
	}
	return func() error {
		return s.exec(ctx, "OFF") // want "s.exec is called later, when its context has ended"
	}, nil
}

func restore(ctx context.Context, s *server, work func(context.Context) error) error {
	undo, err := s.setReadOnly(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = undo() }()
	return work(ctx)
}
