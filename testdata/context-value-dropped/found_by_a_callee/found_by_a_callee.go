// Package found_by_a_callee writes down what was done, and once more later, when it has forgotten by whom.
package found_by_a_callee

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
	who, err := actor.get(ctx) // step "found_by_a_callee.actor is looked up and missed"
	if err != nil {
		return err
	}
	t.lines = append(t.lines, who+what)
	return nil
}

func (t *trail) remove(ctx context.Context, id string) error {
	if err := t.write(ctx, "remove "+id); err != nil { // step "is looked up and found in a context here"
		return err
	}
	own := context.Background()
	t.later <- func() {
		t.write(own, "removed "+id) // want "t.write fails without the context value found_by_a_callee.actor"
	}
	return nil
}

func use(ctx context.Context, t *trail) error { return t.remove(ctx, "1") }
