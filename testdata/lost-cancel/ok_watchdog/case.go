// Package ok_watchdog calls the watchdog off, or needs it for longer than the function (twin of watchdog).
package ok_watchdog

import (
	"context"
	"time"
)

func stream(ctx context.Context, last func() time.Time, run func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go watch(ctx, cancel, last)
	return run(ctx)
}

func watch(ctx context.Context, cancel func(), last func() time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
		if time.Since(last()) > time.Minute {
			cancel()
			return
		}
	}
}

func stopped(ctx context.Context, run func(context.Context) error) error {
	stop := make(chan struct{})
	defer close(stop)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-stop:
				cancel()
				return
			}
		}
	}()
	return run(ctx)
}

func until(parent context.Context, idle func() bool) context.Context {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
			if idle() {
				cancel()
			}
		}
	}()
	return ctx
}

// subscribed hands a callback on that works with the context for as long as it is called.
func subscribed(
	ctx context.Context, idle func() bool,
	add func(context.Context, func() error) error, load func(context.Context) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
			if idle() {
				cancel()
				return
			}
		}
	}()
	return add(ctx, func() error { return load(ctx) })
}
