// Package killed_under_the_same kills a query because its context is over, under that very context.
package killed_under_the_same

import (
	"context"
	"fmt"
	"log"
)

type server struct{ answers chan error }

func (s *server) exec(ctx context.Context, _ string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type conn struct {
	server *server
	id     int
	run    func(query string) error
}

func (c *conn) fetch(ctx context.Context, query string) error {
	done := make(chan error, 1)
	go func() { done <- c.run(query) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done(): // step "the context is over on this way"
		if err := c.kill(ctx); err != nil { // want "c.kill waits under a context that is over here"
			log.Print(err)
		}
		<-done
		return ctx.Err()
	}
}

func (c *conn) kill(ctx context.Context) error {
	return c.server.exec(ctx, fmt.Sprint("kill ", c.id))
}
