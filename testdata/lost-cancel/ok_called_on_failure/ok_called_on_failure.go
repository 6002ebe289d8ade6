// Package ok_called_on_failure cancels when a worker fails, and in the end.
package ok_called_on_failure

import (
	"context"
	"errors"
	"sync"
)

type sink interface {
	drain(ctx context.Context, lines <-chan string) error
}

func deferred(ctx context.Context, sinks []sink, lines <-chan string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var first error
	var once sync.Once
	fail := func(err error) {
		once.Do(func() { first = err })
		stop()
	}
	var workers sync.WaitGroup
	for _, to := range sinks {
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := to.drain(ctx, lines); err != nil {
				fail(err)
			}
		}()
	}
	workers.Wait()
	return first
}

// told calls the function for its outcome, whatever that is.
func told(ctx context.Context, to sink, lines <-chan string) error {
	ctx, stop := context.WithCancel(ctx)
	var result error
	finish := func(err error) {
		result = err
		stop()
	}
	finish(to.drain(ctx, lines))
	return result
}

// bothWays calls it after a failure, and after success.
func bothWays(ctx context.Context, to sink, lines <-chan string) error {
	ctx, stop := context.WithCancel(ctx)
	finish := func() { stop() }
	if err := to.drain(ctx, lines); err != nil {
		finish()
		return err
	}
	finish()
	return nil
}

// untilTheEnd goes on until its context is over.
func untilTheEnd(ctx context.Context, sinks []sink, lines <-chan string) error {
	ctx, stop := context.WithCancel(ctx)
	for _, to := range sinks {
		go func() {
			if err := to.drain(ctx, lines); err != nil {
				stop()
			}
		}()
	}
	<-ctx.Done()
	return ctx.Err()
}

// handedOn leaves it to others as well.
func handedOn(ctx context.Context, to sink, lines <-chan string, onExit func(func(error))) error {
	ctx, stop := context.WithCancel(ctx)
	fail := func(err error) {
		if err != nil && !errors.Is(err, context.Canceled) {
			stop()
		}
	}
	onExit(fail)
	return to.drain(ctx, lines)
}
