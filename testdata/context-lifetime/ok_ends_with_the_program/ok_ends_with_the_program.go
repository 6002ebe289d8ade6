// Package ok_ends_with_the_program works under the context of the whole program, or detaches in a method.
package ok_ends_with_the_program

import (
	"context"
	"database/sql"
	"time"
)

type cache struct{ db *sql.DB }

func (c *cache) refresh(ctx context.Context) {
	go func() { _ = c.db.PingContext(ctx) }()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := &cache{}
	c.refresh(ctx)
	<-ctx.Done()
}

type budget interface {
	longer(ctx context.Context) (context.Context, context.CancelFunc)
}

type minute struct{}

func (minute) longer(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
}

func (c *cache) warm(ctx context.Context, b budget) {
	go func() {
		ctx, cancel := b.longer(ctx)
		defer cancel()
		_ = c.db.PingContext(ctx)
	}()
}

func serve(c *cache) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c.warm(ctx, minute{})
	_ = c.db.PingContext(ctx)
}

func listen(c *cache, requests <-chan int) {
	for range requests {
		go serve(c)
	}
}
