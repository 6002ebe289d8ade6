// Package ok_cancel_runs_last defers in the right order.
package ok_cancel_runs_last

import (
	"context"
	"time"
)

type lock struct{ free chan struct{} }

func (l *lock) give(ctx context.Context) error {
	select {
	case l.free <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func work(ctx context.Context, l *lock, do func(context.Context) error) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	defer func() { _ = l.give(ctx) }()
	return do(short)
}

func detached(ctx context.Context, l *lock, do func(context.Context) error) error {
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = l.give(ctx)
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return do(ctx)
}
