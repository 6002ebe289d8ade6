// Package ok_works_afterwards returns a function that undoes; it has to work when the context is over.
package ok_works_afterwards

import "context"

type server struct{ answers chan error }

func (s *server) exec(ctx context.Context, _ string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *server) isReadOnly(ctx context.Context) (bool, error) { return false, s.exec(ctx, "SELECT") }

type reset func() error

func (s *server) setReadOnly(ctx context.Context, on bool) (reset, error) {
	var undo reset
	disable := func() error {
		err := s.exec(context.Background(), "OFF")
		return err
	}
	enable := func() error {
		err := s.exec(context.Background(), "ON")
		return err
	}
	was, err := s.isReadOnly(ctx)
	if err != nil {
		return nil, err
	}
	if on && !was {
		undo = disable
	}
	if !on && was {
		undo = enable
	}
	if err := s.exec(ctx, "SET"); err != nil {
		return nil, err
	}
	return undo, nil
}

func restore(ctx context.Context, s *server, work func(context.Context) error) error {
	undo, err := s.setReadOnly(ctx, false)
	if err != nil {
		return err
	}
	if undo != nil {
		defer func() { _ = undo() }()
	}
	return work(ctx)
}
