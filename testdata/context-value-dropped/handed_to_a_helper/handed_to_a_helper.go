// Package handed_to_a_helper gives functions to helpers that call them with a context.
package handed_to_a_helper

import (
	"context"
	"errors"
	"sync"
)

type userKey struct{}

func withUser(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, userKey{}, name)
}

type audit struct {
	lines []string
	busy  sync.WaitGroup
}

func (a *audit) write(ctx context.Context, text string) error {
	user, ok := ctx.Value(userKey{}).(string) // step "is looked up and missed"
	if !ok {
		return errors.New("nobody did it")
	}
	a.lines = append(a.lines, user+text)
	return nil
}

type job func(ctx context.Context) error

func (a *audit) queue(ctx context.Context, run job) {
	a.busy.Add(1)
	go func() {
		defer a.busy.Done()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		_ = run(ctx)
	}()
}

func as(ctx context.Context, name string, run func(context.Context) error) error {
	return run(withUser(ctx, name))
}

func (a *audit) note(text string) job {
	return func(ctx context.Context) error {
		return a.write(ctx, text) // step "which hands it on"
	}
}

func quiet(ctx context.Context) error { return ctx.Err() }

func (a *audit) remove(ctx context.Context, name string) {
	a.queue(context.Background(), quiet)
	a.queue(context.WithoutCancel(ctx), a.note("kept "+name))
	a.queue(context.Background(), a.note("removed "+name)) // want "a.queue fails without the context value handed_to_a_helper.userKey"
}

func (a *audit) rename(ctx context.Context, name string) error {
	return as(ctx, name, func(ctx context.Context) error { // step "that context is passed on"
		if err := a.write(ctx, "renames"); err != nil {
			return err
		}
		return a.write(context.TODO(), "has renamed") // want "a.write fails without the context value handed_to_a_helper.userKey"
	})
}

func serve(ctx context.Context, a *audit, name string) error {
	ctx = withUser(ctx, name) // step "is put into the context here"
	a.remove(ctx, name)
	return a.rename(ctx, name)
}
