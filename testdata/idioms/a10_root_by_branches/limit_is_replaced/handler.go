// Package limit_is_replaced builds a root context in two branches, but the second has lost its else.
package limit_is_replaced

import (
	"context"
	"time"
)

type session struct{ answers chan error }

func (s *session) close(ctx context.Context) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type handler struct{ limit time.Duration }

func (h *handler) connectionClosed(s *session) error {
	var ctx context.Context
	var cancel context.CancelFunc
	if h.limit != 0 {
		ctx, cancel = context.WithTimeout(context.Background(), h.limit) // want "the context of context.WithTimeout is never used: its time limit reaches nobody"
		defer cancel()
	}
	ctx = context.Background()
	return s.close(ctx)
}
