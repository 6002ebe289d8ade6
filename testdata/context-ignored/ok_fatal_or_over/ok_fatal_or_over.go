// Package ok_fatal_or_over gives up for errors that the end of the context may be.
package ok_fatal_or_over

import (
	"context"
	"errors"
	"time"
)

type temporary struct{ error }

var errBusy = errors.New("busy")

func whileTemporary(ctx context.Context, try func(context.Context) error) error {
	for {
		err := try(ctx)
		var short temporary
		if !errors.As(err, &short) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func whileBusy(ctx context.Context, try func(context.Context) error) error {
	for {
		err := try(ctx)
		if err != nil && !errors.Is(err, errBusy) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func untilOver(ctx context.Context, try func(context.Context) error) error {
	for {
		err := try(ctx)
		if err == nil || errors.Is(err, context.Canceled) {
			return err
		}
		time.Sleep(time.Second)
	}
}
