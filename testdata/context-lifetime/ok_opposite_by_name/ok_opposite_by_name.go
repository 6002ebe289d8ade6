// Package ok_opposite_by_name takes back what it did under a limit of its own; what is named so by chance takes back
// nothing.
package ok_opposite_by_name

import (
	"context"
	"errors"
	"time"
)

type cluster interface {
	Cordon(ctx context.Context, node string) error
	Uncordon(ctx context.Context, node string) error
	Install(ctx context.Context, node string) error
	Describe(ctx context.Context, node string) error
}

func upgrade(ctx context.Context, c cluster, node string, limit time.Duration) (err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := c.Cordon(limited, node); err != nil {
		return err
	}
	defer func() {
		own, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer done()
		err = errors.Join(err, c.Uncordon(own, node))
	}()
	defer c.Describe(limited, node)
	return c.Install(limited, node)
}
