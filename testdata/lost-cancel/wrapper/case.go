// Package wrapper gets the cancel function from functions of its own.
package wrapper

import (
	"context"
	"time"
)

type config struct{ limit time.Duration }

func (c *config) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.limit)
}

func session(ctx context.Context) (context.Context, func(), error) {
	inner, cancel := context.WithCancel(ctx)
	return inner, func() { cancel() }, nil
}

func use(ctx context.Context, c *config, work func(context.Context) error) error {
	limited, _ := c.bounded(ctx) // want "the cancel function of c.bounded is thrown away"
	inner, done, err := session(limited) // want "done is not called on a path on which use returns"
	if err != nil {
		return err
	}
	if err := work(inner); err != nil {
		return err
	}
	done()
	return nil
}

type limiter interface {
	bounded(ctx context.Context) (context.Context, context.CancelFunc)
}

type unlimited struct{}

func (unlimited) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return ctx, func() {}
}

func limiterOf(limit time.Duration) limiter {
	if limit == 0 {
		return unlimited{}
	}
	return &config{limit: limit}
}

func ask(ctx context.Context, l limiter, work func(context.Context) error) error {
	inner, cancel := l.bounded(ctx) // want "cancel is not called on a path on which ask returns"
	if err := work(inner); err != nil {
		return err
	}
	cancel()
	return nil
}

func askInTime(ctx context.Context, l limiter, work func(context.Context) error) error {
	inner, cancel := l.bounded(ctx)
	defer cancel()
	return work(inner)
}
