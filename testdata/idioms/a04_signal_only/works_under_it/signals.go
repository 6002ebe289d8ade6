// Package works_under_it makes a context as a signal, and hands it to the work by mistake.
package works_under_it

import (
	"context"
	"log"
	"time"
)

type server struct{ answers chan error }

func (s *server) follow(ctx context.Context, _ string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func demote(ctx context.Context, s *server) error { // step "ctx is at hand"
	if err := ctx.Err(); err != nil {
		return err
	}
	finished, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-finished.Done():
		case <-time.After(time.Minute):
			log.Print("takes long")
		}
	}()
	return s.follow(finished, "") // want "s.follow waits under a fresh context: the end of ctx"
}
