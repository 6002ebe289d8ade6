// Package ok_called calls what it has made: deferred, on every path, under the condition it was made on.
package ok_called

import (
	"context"
	"errors"
	"time"
)

func deferred(parent context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	return work(ctx)
}

func every(parent context.Context, ready bool, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	if !ready {
		cancel()
		return errors.New("not ready")
	}
	err := work(ctx)
	cancel()
	return err
}

func conditional(ctx context.Context, limit time.Duration, work func(context.Context)) {
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	}
	work(ctx)
	if cancel != nil {
		cancel()
	}
}

func same(ctx context.Context, limit time.Duration, work func(context.Context)) {
	cancel := func() {}
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	}
	work(ctx)
	if limit > 0 {
		cancel()
	}
}

func rounds(parent context.Context, n int, ask func(context.Context) error) {
	for range n {
		ctx, cancel := context.WithTimeout(parent, time.Minute)
		err := ask(ctx)
		cancel()
		if err != nil {
			continue
		}
	}
}

func replaced(parent context.Context, again <-chan bool, ask func(context.Context)) {
	ctx, cancel := context.WithCancel(parent)
	defer func() { cancel() }()
	ask(ctx)
	for range again {
		cancel()
		ctx, cancel = context.WithCancel(parent)
		ask(ctx)
	}
}
