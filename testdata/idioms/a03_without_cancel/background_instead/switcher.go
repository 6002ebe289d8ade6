// Package background_instead goes on past the point of no return under a fresh context, which does not have the lock.
package background_instead

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errNotLocked = errors.New("not locked")

type locksKey struct{}

type locks struct {
	mu   sync.Mutex
	held map[string]bool
}

func lockKeyspace(ctx context.Context, name string) (context.Context, func()) {
	l, found := ctx.Value(locksKey{}).(*locks)
	if !found {
		l = &locks{held: map[string]bool{}}
		ctx = context.WithValue(ctx, locksKey{}, l)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[name] = true
	return ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.held, name)
	}
}

func checkLocked(ctx context.Context, name string) error {
	l, found := ctx.Value(locksKey{}).(*locks)
	if !found {
		return errNotLocked
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held[name] {
		return errNotLocked
	}
	return nil
}

type server struct{ answers chan error }

func (s *server) allowWrites(ctx context.Context, name string) error {
	if err := checkLocked(ctx, name); err != nil {
		return err
	}
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *server) cancelMigration(ctx context.Context, name string) error {
	whole, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return s.allowWrites(whole, name) // want "s.allowWrites"
}

func (s *server) switchWrites(ctx context.Context, name string, copyRows func(context.Context) error) error {
	ctx, unlock := lockKeyspace(ctx, name)
	defer unlock()
	if err := copyRows(ctx); err != nil {
		return errors.Join(err, s.cancelMigration(ctx, name))
	}
	return s.allowWrites(ctx, name)
}
