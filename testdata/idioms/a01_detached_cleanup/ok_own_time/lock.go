// Package ok_own_time releases and cleans up under contexts of their own: the caller's may have ended by then.
package ok_own_time

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"
)

const limit = 15 * time.Second

type spanKey struct{}

func copySpan(to, from context.Context) context.Context {
	if span := from.Value(spanKey{}); span != nil {
		return context.WithValue(to, spanKey{}, span)
	}
	return to
}

type store interface {
	create(ctx context.Context, path string) (string, error)
	wait(ctx context.Context, path string) error
	remove(ctx context.Context, path string) error
	children(ctx context.Context, path string) ([]string, error)
}

type remote struct{ answers chan error }

func (r *remote) create(ctx context.Context, path string) (string, error) {
	return path, r.wait(ctx, path)
}

func (r *remote) wait(ctx context.Context, path string) error {
	select {
	case err := <-r.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *remote) remove(ctx context.Context, path string) error { return r.wait(ctx, path) }

func (r *remote) children(ctx context.Context, path string) ([]string, error) {
	return nil, r.wait(ctx, path)
}

type lock struct {
	store  store
	path   string
	status string
}

func obtain(ctx context.Context, s store, dir string) (*lock, error) {
	path, err := s.create(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := s.wait(ctx, path); err != nil {
		var final error
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			final = fmt.Errorf("timeout for %s", path)
		case errors.Is(err, context.Canceled):
			final = fmt.Errorf("interrupted: %s", path)
		default:
			final = err
		}
		// Whatever the reason, try to clean up: the context may have expired.
		cleanup, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		if err := s.remove(cleanup, path); err != nil {
			log.Print(err)
		}
		if others, err := s.children(cleanup, dir); err == nil {
			log.Print(others)
		}
		return nil, final
	}
	return &lock{store: s, path: path}, nil
}

func (l *lock) unlock(ctx context.Context, failure error) error {
	// Detach from the parent's time limit: the lock must be released even if that is over.
	ctx = copySpan(context.TODO(), ctx)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	l.status = fmt.Sprint(failure)
	return l.store.remove(ctx, l.path)
}

func withLock(ctx context.Context, s store, work func(context.Context) error) (err error) {
	l, err := obtain(ctx, s, "locks")
	if err != nil {
		return err
	}
	defer func() {
		if failed := l.unlock(ctx, err); failed != nil {
			log.Print(failed)
		}
	}()
	return work(ctx)
}

func run(ctx context.Context, work func(context.Context) error) error {
	return withLock(ctx, &remote{answers: make(chan error)}, work)
}
