// Package undo_of_steps undoes steps without the lock that they need.
package undo_of_steps

import (
	"context"
	"errors"
	"time"
)

type lockKey struct{}

type held struct{ name string }

func locked(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, lockKey{}, &held{name})
}

func save(ctx context.Context, name string) error {
	lock, ok := ctx.Value(lockKey{}).(*held)
	if !ok || lock.name != name {
		return errors.New("not locked")
	}
	return nil
}

type step struct{ do, undo func(context.Context) error }

type saga struct{ steps []step }

func (s *saga) then(do, undo func(context.Context) error) *saga {
	s.steps = append(s.steps, step{do, undo})
	return s
}

func (s *saga) run(ctx context.Context) error {
	for at, one := range s.steps {
		if err := one.do(ctx); err != nil {
			return errors.Join(err, s.back(ctx, at))
		}
	}
	return nil
}

func (s *saga) back(ctx context.Context, from int) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var failures []error
	for at := from - 1; at >= 0; at-- {
		failures = append(failures, s.steps[at].undo(ctx)) // want "undo fails without the context value"
	}
	return errors.Join(failures...)
}

type switcher struct{ keyspace string }

func (s *switcher) deny(ctx context.Context) error  { return save(ctx, s.keyspace) }
func (s *switcher) allow(ctx context.Context) error { return save(ctx, s.keyspace) }

func (s *switcher) traffic(ctx context.Context) error {
	return (&saga{}).then(s.deny, s.allow).run(locked(ctx, s.keyspace))
}
