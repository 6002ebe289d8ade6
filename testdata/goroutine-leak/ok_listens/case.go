// Package ok_listens asks its context, has one without end, or ends some other way.
package ok_listens

import (
	"context"
	"time"
)

type checker struct{ check func(context.Context) error }

func (c *checker) start(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for {
			select {
			case <-ticker.C:
				_ = c.check(ctx)
			case <-ctx.Done():
				return
			}
		}
	}()
}

func (c *checker) failing(ctx context.Context) {
	go func() {
		for {
			if c.check(ctx) != nil {
				return
			}
			time.Sleep(time.Second)
		}
	}()
}

func (c *checker) always() {
	ctx := context.Background()
	go func() {
		for {
			_ = c.check(ctx)
			time.Sleep(time.Second)
		}
	}()
}

func run(ctx context.Context, c *checker, work func()) {
	c.start(ctx)
	c.failing(ctx)
	c.always()
	work()
}
