// Package limited_release releases under the limit of the work.
package limited_release

import (
	"context"
	"time"
)

type lease struct{ gone chan struct{} }

func (l *lease) acquire(ctx context.Context) error { return l.wait(ctx) }

func (l *lease) release(ctx context.Context) error { return l.wait(ctx) }

func (l *lease) wait(ctx context.Context) error {
	select {
	case <-l.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func with(ctx context.Context, l *lease, work func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute) // step "time may end this context before"
	defer cancel()
	if err := l.acquire(limited); err != nil {
		return err
	}
	defer l.release(limited) // want "l.release releases under a context with a time limit"
	return work(limited)
}
