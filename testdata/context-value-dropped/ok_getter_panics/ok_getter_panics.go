// Package ok_getter_panics has getters whose callers have what they ask for, or need not have it.
package ok_getter_panics

import (
	"context"
	"time"
)

type key int

const (
	txKey key = iota
	nameKey
)

type tx struct{ done []string }

func must(ctx context.Context) *tx {
	found, _ := ctx.Value(txKey).(*tx)
	if found == nil {
		panic("not in a transaction")
	}
	return found
}

// name has a default, and only panics about a bad name.
func name(ctx context.Context) string {
	found, _ := ctx.Value(nameKey).(string)
	if found == "" {
		return "nobody"
	}
	if len(found) > 80 {
		panic("long name")
	}
	return found
}

func in(ctx context.Context, work func(context.Context) error) error {
	return work(context.WithValue(context.WithValue(ctx, txKey, &tx{}), nameKey, "somebody"))
}

func record(ctx context.Context, what string) error {
	must(ctx).done = append(must(ctx).done, what+name(ctx))
	return ctx.Err()
}

func note(ctx context.Context) string { return name(ctx) }

func transfer(ctx context.Context) error {
	return in(ctx, func(ctx context.Context) error {
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if note(context.Background()) != note(ctx) {
			return nil
		}
		return record(own, "receipt")
	})
}

// manager is made in a transaction as well as outside: its context may have one.
type manager struct{ base context.Context }

func newManager(ctx context.Context) *manager { return &manager{base: ctx} }

func start() *manager { return newManager(context.Background()) }

func within(ctx context.Context) error {
	return in(ctx, func(ctx context.Context) error {
		return newManager(ctx).apply(ctx)
	})
}

func (m *manager) apply(ctx context.Context) error {
	own, cancel := context.WithTimeout(m.base, time.Second)
	defer cancel()
	return record(own, "resized")
}
