// Package kept_since_start works under the context of its object, where that of the request has what is needed.
// The keys are objects with methods of their own.
package kept_since_start

import (
	"context"
	"errors"
)

type slot[T any] struct{ name string }

func (s *slot[T]) put(ctx context.Context, value T) context.Context {
	return context.WithValue(ctx, s, value)
}

func (s *slot[T]) get(ctx context.Context) (T, bool) {
	value, ok := ctx.Value(s).(T)
	return value, ok
}

func (s *slot[T]) must(ctx context.Context) T {
	value, ok := s.get(ctx)
	if !ok {
		panic("no " + s.name)
	}
	return value
}

var (
	tenant = &slot[string]{"tenant"}
	batch  = &slot[int]{"batch"}
)

type store struct {
	root  context.Context
	stop  context.CancelFunc
	byKey map[string]int
}

func open() *store {
	s := &store{byKey: map[string]int{}}
	s.root, s.stop = context.WithCancel(context.Background()) // step "a fresh context, without the value, is made"
	return s
}

func (s *store) add(ctx context.Context, n int) error {
	name, ok := tenant.get(ctx) // step "is looked up and missed"
	if !ok {
		return errors.New("no tenant")
	}
	s.byKey[name] += n
	return nil
}

func (s *store) mark(ctx context.Context) { s.byKey["batch"] = batch.must(ctx) }

func (s *store) count(ctx context.Context) int {
	if ctx.Err() != nil {
		return 0
	}
	return len(s.byKey)
}

func (s *store) serve(ctx context.Context, n int) error {
	if err := s.add(ctx, n); err != nil {
		return err
	}
	s.mark(ctx)
	if s.count(s.root) == 0 {
		return nil
	}
	return s.add(s.root, -n) // want "s.add fails without the context value kept_since_start.tenant"
}

func handle(ctx context.Context, s *store, name string) error {
	ctx = batch.put(ctx, 1)
	return s.serve(tenant.put(ctx, name), 2) // step "kept_since_start.tenant is put into the context here"
}
