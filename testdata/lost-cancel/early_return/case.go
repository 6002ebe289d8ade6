// Package early_return forgets the cancel function on an error.
package early_return

import (
	"context"
	"errors"
)

func run(parent context.Context, ready bool, work func(context.Context)) error {
	ctx, cancel := context.WithCancel(parent) // want "cancel is not called on a path on which run returns"
	if !ready { // step "the condition holds"
		return errors.New("not ready") // step "cancel has not been called"
	}
	work(ctx)
	cancel()
	return nil
}
