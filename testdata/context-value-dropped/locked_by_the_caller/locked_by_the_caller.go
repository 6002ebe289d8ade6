// Package locked_by_the_caller drops the value in a callee while the caller holds the lock.
package locked_by_the_caller

import (
	"context"
	"errors"
)

type keyType string

const held keyType = "held"

type info struct{ name string }

func lock(ctx context.Context, name string) (context.Context, func()) {
	return context.WithValue(ctx, held, &info{name}), func() {}
}

func check(ctx context.Context) error {
	i, ok := ctx.Value(held).(*info)
	if !ok {
		return errors.New("not locked")
	}
	_ = i.name
	return nil
}

type switcher interface {
	cancel(ctx context.Context) error
}

type real struct{}

func (r *real) cancel(ctx context.Context) error {
	fresh := context.TODO()                                       // step "fresh context"
	return r.each(fresh, func(shard string) error { return nil }) // want "r.each fails without the context value .*held"
}

func (r *real) each(ctx context.Context, f func(string) error) error {
	for _, shard := range []string{"a", "b"} {
		if err := func() error { return check(ctx) }(); err != nil {
			return err
		}
		if err := f(shard); err != nil {
			return err
		}
	}
	return nil
}

type dry struct{}

func (dry) cancel(context.Context) error { return nil }

func pick(test bool) switcher {
	if test {
		return dry{}
	}
	return &real{}
}

func run(ctx context.Context, test bool) error {
	sw := pick(test)
	ctx, unlock := lock(ctx, "ks") // step "held is put into"
	defer unlock()
	return sw.cancel(ctx)
}
