// Package ok_deferred releases in a deferred call.
package ok_deferred

import (
	"context"
	"time"
)

type lease struct{ gone chan struct{} }

func (l *lease) give(ctx context.Context) error {
	select {
	case <-l.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func hold(ctx context.Context, l *lease, work func(context.Context) error) error {
	defer func() {
		limited, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = l.give(limited)
	}()
	return work(ctx)
}
