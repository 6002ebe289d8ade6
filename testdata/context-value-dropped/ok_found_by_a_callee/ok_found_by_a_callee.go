// Package ok_found_by_a_callee writes down what was done by whom, or that nobody did it.
package ok_found_by_a_callee

import (
	"context"
	"errors"
)

type key[T any] struct{ name string }

func (k *key[T]) get(ctx context.Context) (T, error) {
	value, ok := ctx.Value(k).(T)
	if !ok {
		return value, errors.New("no " + k.name)
	}
	return value, nil
}

var actor = &key[string]{"actor"}

type trail struct {
	lines []string
	later chan func()
}

func (t *trail) write(ctx context.Context, what string) error {
	who, err := actor.get(ctx)
	if err != nil {
		return err
	}
	t.lines = append(t.lines, who+what)
	return nil
}

func (t *trail) remove(ctx context.Context, id string) error {
	if err := t.write(ctx, "remove "+id); err != nil {
		return err
	}
	own := context.WithoutCancel(ctx)
	t.later <- func() {
		t.write(own, "removed "+id)
	}
	return nil
}

func use(ctx context.Context, t *trail) error { return t.remove(ctx, "1") }

// note writes down what has no actor when there is none.
func (t *trail) note(ctx context.Context, what string) {
	if err := t.write(ctx, what); err == nil {
		return
	}
	if t.write(context.Background(), what) != nil {
		t.lines = append(t.lines, "nobody "+what)
	}
}
