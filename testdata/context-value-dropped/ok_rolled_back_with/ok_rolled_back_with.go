// Package ok_rolled_back_with takes steps back under the context that the plan has kept, and has a sweeper that holds
// nothing and needs nothing.
package ok_rolled_back_with

import (
	"context"
	"fmt"
	"time"
)

type holdKey struct{}

type hold struct{ names map[string]bool }

func take(ctx context.Context, name string) (context.Context, func()) {
	h := &hold{names: map[string]bool{name: true}}
	return context.WithValue(ctx, holdKey{}, h), func() { delete(h.names, name) }
}

func held(ctx context.Context, name string) error {
	h, ok := ctx.Value(holdKey{}).(*hold)
	if !ok || !h.names[name] {
		return fmt.Errorf("%s is not held", name)
	}
	return nil
}

type records struct{ of map[string]string }

func (r *records) set(ctx context.Context, name, what string) error {
	if err := held(ctx, name); err != nil {
		return err
	}
	r.of[name] = what
	return nil
}

func (r *records) sweep(ctx context.Context) {
	for name := range r.of {
		if ctx.Err() != nil || r.of[name] == "" {
			return
		}
	}
}

type plan struct {
	ctx  context.Context
	in   *records
	name string
}

func (p *plan) rollBack() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), time.Minute)
	defer cancel()
	return p.in.set(ctx, p.name, "")
}

func (p *plan) tidy() { p.in.sweep(context.Background()) }

func (p *plan) again() error {
	ctx, release := take(context.Background(), p.name)
	defer release()
	return p.in.set(ctx, p.name, "again")
}

func run(ctx context.Context, in *records, name string) error {
	ctx, release := take(ctx, name)
	defer release()
	p := &plan{ctx: ctx, in: in, name: name}
	p.tidy()
	if err := p.again(); err != nil {
		return p.rollBack()
	}
	return nil
}
