// Package queued_without queues work with a context of its own, which lacks what the request's context has: that is
// known, because it was looked up there and found.
package queued_without

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type actorKey struct{}

var errNobody = errors.New("nobody")

func actor(ctx context.Context) (string, error) {
	name, ok := ctx.Value(actorKey{}).(string)
	if !ok {
		return "", errNobody
	}
	return name, nil
}

type job struct {
	ctx  context.Context
	text string
}

type journal struct{ lines map[string]string }

func (j *journal) write(ctx context.Context, text string) error {
	name, err := actor(ctx) // step "is looked up and missed"
	if err != nil {
		return err
	}
	j.lines[name] = text
	return nil
}

type server struct {
	jobs    chan job
	journal *journal
}

func (s *server) work() {
	for one := range s.jobs {
		_ = s.do(one)
	}
}

func (s *server) do(one job) error {
	ctx, cancel := context.WithTimeout(one.ctx, time.Second)
	defer cancel()
	return s.journal.write(ctx, one.text) // want "s.journal.write fails without the context value queued_without.actorKey{}"
}

func (s *server) later(ctx context.Context, text string) error {
	select {
	case s.jobs <- job{ctx: context.Background(), text: text}: // step "a fresh context, without the value, is made"
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	name, err := actor(ctx) // step "is looked up and found in a context here"
	if err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if err := s.later(ctx, "hello from "+name); err != nil { // step "that context is passed on"
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}
