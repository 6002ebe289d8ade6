// Package under_the_dead_context cleans up under the context whose end has brought it there.
package under_the_dead_context

import (
	"context"
	"log"
)

type store struct{ answers chan error }

func (s *store) create(ctx context.Context, path string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *store) remove(ctx context.Context, path string) error { return s.create(ctx, "-"+path) }

func obtain(ctx context.Context, s *store, path string, granted <-chan struct{}) error {
	if err := s.create(ctx, path); err != nil {
		return err
	}
	select {
	case <-granted:
		return nil
	case <-ctx.Done():
		if err := s.remove(ctx, path); err != nil { // want "s.remove waits under a context that is over here"
			log.Print(err)
		}
		return ctx.Err()
	}
}
