// Package rolled_back_without takes steps back in a function that gets no context, so that it makes one of its own.
package rolled_back_without

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

type step interface {
	do(ctx context.Context) error
	undo(ctx context.Context) error
}

type mark struct {
	in   *records
	name string
}

func (m *mark) do(ctx context.Context) error   { return m.in.set(ctx, m.name, "done") }
func (m *mark) undo(ctx context.Context) error { return m.in.set(ctx, m.name, "") }

type plan struct {
	ctx   context.Context
	steps []step
}

func (p *plan) rollBack(done int) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for at := done - 1; at >= 0; at-- {
		_ = p.steps[at].undo(ctx) // want "fails without the context value rolled_back_without.holdKey"
	}
}

func (p *plan) finish() error {
	for _, one := range p.steps {
		if err := one.undo(context.TODO()); err != nil { // want "fails without the context value rolled_back_without.holdKey"
			return err
		}
	}
	return nil
}

func run(ctx context.Context, in *records, name string) error {
	ctx, release := take(ctx, name) // step "holdKey.. is put into the context here"
	defer release()
	p := &plan{ctx: ctx, steps: []step{&mark{in, name}}}
	for at, one := range p.steps {
		if err := one.do(p.ctx); err != nil {
			p.rollBack(at) // step "this call does not hand it on"
			return err
		}
	}
	return p.finish()
}
