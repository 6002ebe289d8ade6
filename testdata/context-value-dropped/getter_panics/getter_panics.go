// Package getter_panics has a getter that panics when it finds nothing, and an object that keeps the context which its
// constructor was given.
package getter_panics

import (
	"context"
	"time"
)

type key int

const txKey key = iota

type tx struct{ done []string }

func must(ctx context.Context) *tx {
	found, _ := ctx.Value(txKey).(*tx) // step "getter_panics.txKey is looked up and missed"
	if found == nil {
		panic("not in a transaction")
	}
	return found
}

func in(ctx context.Context, work func(context.Context) error) error {
	return work(context.WithValue(ctx, txKey, &tx{}))
}

func record(ctx context.Context, what string) error {
	must(ctx).done = append(must(ctx).done, what)
	return ctx.Err()
}

func critical() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

func transfer(ctx context.Context) error {
	return in(ctx, func(ctx context.Context) error {
		if err := record(ctx, "transfer"); err != nil {
			return err
		}
		ctx, cancel := critical()
		defer cancel()
		return record(ctx, "receipt") // want "record fails without the context value getter_panics.txKey"
	})
}

type manager struct{ base context.Context }

func newManager(ctx context.Context) *manager { return &manager{base: ctx} }

func start() *manager {
	ctx := context.Background() // step "a fresh context, without the value, is made"
	return newManager(ctx)
}

func (m *manager) resize(ctx context.Context) error {
	return in(ctx, m.apply)
}

func (m *manager) apply(ctx context.Context) error {
	if err := record(ctx, "begun"); err != nil {
		return err
	}
	own, cancel := context.WithTimeout(m.base, time.Second)
	defer cancel()
	return record(own, "resized") // want "record fails without the context value getter_panics.txKey"
}
