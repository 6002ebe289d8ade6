// Package ok_own_time_to_kill kills a query because its context is over, and takes time of its own for that.
package ok_own_time_to_kill

import (
	"context"
	"fmt"
	"log"
	"time"
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
	limit  time.Duration
}

func (c *conn) fetch(ctx context.Context, query string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var failure error
	done := make(chan struct{})
	go func() {
		failure = c.run(query)
		close(done)
	}()
	select {
	case <-done:
		return failure
	case <-ctx.Done():
		if err := c.killConnection(); err != nil {
			log.Print(err)
		}
		<-done
		if failure == nil {
			return nil
		}
		return ctx.Err()
	}
}

func (c *conn) killConnection() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return c.server.exec(ctx, fmt.Sprint("kill ", c.id))
}

func (c *conn) stop(ctx context.Context, query string) error {
	if err := c.fetch(ctx, query); err != nil {
		return c.Kill("it failed")
	}
	return nil
}

// Kill ends the connection.
func (c *conn) Kill(reason string) error {
	ctx, cancel := context.WithTimeout(context.Background(), c.limit)
	defer cancel()
	log.Print("killing because ", reason)
	return c.server.exec(ctx, fmt.Sprint("kill ", c.id))
}
