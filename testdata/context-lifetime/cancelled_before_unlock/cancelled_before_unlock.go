// Package cancelled_before_unlock defers the cancel after the unlock, so that it runs first.
package cancelled_before_unlock

import (
	"context"
	"time"
)

type store struct{ answers chan error }

func (s *store) unlock(ctx context.Context, key string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func change(ctx context.Context, s *store, key string, apply func(context.Context) error) error {
	defer func() {
		_ = s.unlock(ctx, key) // want "s.unlock runs after the deferred cancel of its context"
	}()
	ctx, cancel := context.WithTimeout(ctx, time.Second) // step "the context is made"
	defer cancel()                                       // step "this ends it"
	return apply(ctx)
}
