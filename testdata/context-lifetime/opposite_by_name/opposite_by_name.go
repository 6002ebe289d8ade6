// Package opposite_by_name takes back what it did, under the time limit of the work.
package opposite_by_name

import (
	"context"
	"errors"
	"time"
)

type cluster interface {
	Cordon(ctx context.Context, node string) error
	Uncordon(ctx context.Context, node string) error
	Install(ctx context.Context, node string) error
}

func upgrade(ctx context.Context, c cluster, node string, limit time.Duration) (err error) {
	ctx, cancel := context.WithTimeout(ctx, limit) // step "time may end this context before"
	defer cancel()
	if err := c.Cordon(ctx, node); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, c.Uncordon(ctx, node)) // want "c.Uncordon releases under a context with a time limit"
	}()
	return c.Install(ctx, node)
}
