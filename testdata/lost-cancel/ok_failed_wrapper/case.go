// Package ok_failed_wrapper gets no cancel function when the wrapper fails.
package ok_failed_wrapper

import (
	"context"
	"errors"
)

func session(ctx context.Context, open bool) (context.Context, context.CancelFunc, error) {
	if !open {
		return nil, nil, errors.New("closed")
	}
	inner, cancel := context.WithCancel(ctx)
	return inner, cancel, nil
}

func use(ctx context.Context, work func(context.Context) error) error {
	inner, cancel, err := session(ctx, true)
	if err != nil {
		return err
	}
	defer cancel()
	return work(inner)
}
