// Package over_in_a_literal undoes by a literal that reads the context of the function around it, when that is over.
package over_in_a_literal

import "context"

type Store interface {
	Drop(ctx context.Context, key string) error
	Fill(ctx context.Context, key string) error
}

func whenDone(ctx context.Context, store Store, ready <-chan struct{}, report func(error)) error {
	undo := func(key string) {
		if err := store.Drop(ctx, key); err != nil { // want "store.Drop waits under a context that is over here"
			report(err)
		}
	}
	select {
	case <-ctx.Done(): // step "the context is over on this way"
		undo("a") // step "which hands it down"
		return ctx.Err()
	case <-ready:
	}
	return store.Fill(ctx, "a")
}

func whenAsked(ctx context.Context, store Store) error {
	undo := func() { _ = store.Drop(ctx, "b") } // want "store.Drop waits under a context that is over here"
	if err := store.Fill(ctx, "b"); ctx.Err() != nil {
		undo()
		return err
	}
	return nil
}

// detached undoes under a context of its own.
func detached(ctx context.Context, store Store, ready <-chan struct{}) error {
	undo := func() { _ = store.Drop(context.WithoutCancel(ctx), "c") }
	select {
	case <-ctx.Done():
		undo()
		return ctx.Err()
	case <-ready:
	}
	return store.Fill(ctx, "c")
}

// given is handed the context to undo under.
func given(ctx context.Context, store Store, ready <-chan struct{}) error {
	undo := func(ctx context.Context) { _ = store.Drop(ctx, "d") }
	select {
	case <-ctx.Done():
		undo(context.Background())
		return ctx.Err()
	case <-ready:
	}
	if err := store.Fill(ctx, "d"); err != nil {
		undo(ctx)
		return err
	}
	return nil
}

// asks looks at the context itself.
func asks(ctx context.Context, store Store, ready <-chan struct{}) error {
	undo := func() {
		if ctx.Err() == nil {
			_ = store.Drop(ctx, "e")
		}
	}
	defer undo()
	select {
	case <-ctx.Done():
		undo()
		return ctx.Err()
	case <-ready:
	}
	return store.Fill(ctx, "e")
}

func isOver(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

// questions only looks once more, which takes no time.
func questions(ctx context.Context, ready <-chan struct{}, report func(error)) {
	select {
	case <-ctx.Done():
		if isOver(ctx) {
			report(ctx.Err())
		}
	case <-ready:
	}
}
