// Package ok_roll_back undoes after a failure, which may be the end of the context itself.
package ok_roll_back

import (
	"context"
	"time"
)

type tablet struct{ ready chan struct{} }

func (t *tablet) call(ctx context.Context) error {
	select {
	case <-t.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func promote(ctx context.Context, t *tablet) error {
	err := t.call(ctx)
	var final error
	switch {
	case err != nil:
		final = err
	case ctx.Err() != nil:
		final = ctx.Err()
	}
	if final != nil {
		back, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return t.call(back)
	}
	return nil
}
