// Package detached_by_helper gets its fresh context from a helper that says it detaches.
package detached_by_helper

import (
	"context"
	"errors"
	"time"
)

type actorKey struct{}

var errAnonymous = errors.New("no actor in the context")

func withActor(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, actorKey{}, name)
}

func actor(ctx context.Context) (string, error) {
	name, ok := ctx.Value(actorKey{}).(string)
	if !ok {
		return "", errAnonymous
	}
	return name, nil
}

func detach(limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), limit)
}

type store struct{ writes []string }

func (s *store) write(ctx context.Context, row string) error {
	name, err := actor(ctx)
	if err != nil {
		return err
	}
	s.writes = append(s.writes, name+row)
	return nil
}

func serve(ctx context.Context, s *store, user string) error {
	ctx = withActor(ctx, user)
	if err := s.write(ctx, "a"); err == nil {
		return nil
	}
	retry, cancel := detach(time.Second)
	defer cancel()
	return s.write(retry, "b") // want "s.write fails without the context value .*actorKey"
}
