// Package ok_looks asks before it sleeps, or leaves when the call that has the context fails.
package ok_looks

import (
	"context"
	"errors"
	"time"
)

func asks(ctx context.Context, try func() error) error {
	for {
		if try() == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(time.Second)
	}
}

func waits(ctx context.Context, try func() error) error {
	for try() != nil {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func leaves(ctx context.Context, take func(context.Context) (int, error)) error {
	for {
		v, err := take(ctx)
		if err != nil {
			return err
		}
		if v > 0 {
			time.Sleep(time.Duration(v))
		}
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func helped(ctx context.Context, try func() error) error {
	for try() != nil {
		if !sleep(ctx, time.Second) {
			return errors.New("told to end")
		}
	}
	return nil
}
