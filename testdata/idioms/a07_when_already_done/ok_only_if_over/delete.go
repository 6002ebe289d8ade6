// Package ok_only_if_over takes a fresh context only where its own has ended.
package ok_only_if_over

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type store struct{ answers chan error }

func (s *store) remove(ctx context.Context, path string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *store) list(ctx context.Context, path string) ([]string, error) {
	return nil, s.remove(ctx, path)
}

var errInUse = errors.New("in use")

func deleteCell(ctx context.Context, local, global *store, cell string, force bool) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	names, err := local.list(ctx, cell)
	switch {
	case err == nil:
		if len(names) != 0 && !force {
			return errInUse
		}
	default:
		if !force {
			return fmt.Errorf("cannot list %s: %w", cell, err)
		}
		select {
		case <-ctx.Done():
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(context.Background(), 15*time.Second)
			defer cancel()
		default:
		}
	}
	return global.remove(ctx, cell)
}

func rollBack(ctx context.Context, s *store, savepoint string) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		defer cancel()
	}
	if err := s.remove(ctx, savepoint); err != nil {
		return s.remove(ctx, "everything")
	}
	return nil
}

func run(ctx context.Context) error {
	s := &store{answers: make(chan error)}
	if err := deleteCell(ctx, s, s, "zone1", true); err != nil {
		return rollBack(ctx, s, "before")
	}
	return nil
}
