// Package ok_queued_with queues work with the values of the request, or has work that nobody asked for.
package ok_queued_with

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type actorKey struct{}

func actor(ctx context.Context) (string, error) {
	name, ok := ctx.Value(actorKey{}).(string)
	if !ok {
		return "", errors.New("nobody")
	}
	return name, nil
}

type job struct {
	ctx  context.Context
	text string
}

// chore is done for nobody: its context never has an actor, and whoever queues it has none either.
type chore struct{ ctx context.Context }

type server struct {
	jobs   chan job
	chores chan chore
	lines  map[string]string
}

func (s *server) write(ctx context.Context, text string) error {
	name, err := actor(ctx)
	if err != nil {
		return err
	}
	s.lines[name] = text
	return nil
}

func (s *server) do(one job) error {
	ctx, cancel := context.WithTimeout(one.ctx, time.Second)
	defer cancel()
	return s.write(ctx, one.text)
}

func (s *server) sweep(one chore) error {
	ctx, cancel := context.WithTimeout(one.ctx, time.Second)
	defer cancel()
	return s.write(ctx, "")
}

func (s *server) tick(ctx context.Context) {
	s.chores <- chore{ctx: context.Background()}
}

// serve asks for an actor, and does not mind when there is none.
func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	name, err := actor(ctx)
	if err != nil {
		name = "somebody"
	}
	s.tick(ctx)
	s.jobs <- job{ctx: context.WithoutCancel(ctx), text: name}
}
