// Package ok_named_permit gives back what it takes on every way, or leaves it to its callers on all of them.
package ok_named_permit

import (
	"context"
	"sync"
)

type server struct {
	mu      sync.Mutex
	barrier bool
}

func (s *server) AcquireWriteBarrier(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.barrier = true
	return ctx.Err()
}

func (s *server) ReleaseWriteBarrier(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.barrier = false
	return nil
}

// Acquired is about something else than a name that goes on with a verb.
func (s *server) Acquired() error { return nil }
func (s *server) Released() error { return nil }

type task struct{ on *server }

func (t *task) dump(ctx context.Context, write func() error) error {
	if err := t.on.AcquireWriteBarrier(ctx); err != nil {
		return err
	}
	defer t.on.ReleaseWriteBarrier(context.WithoutCancel(ctx))
	return write()
}

func (t *task) inBackground(ctx context.Context, write func() error) error {
	if err := t.on.AcquireWriteBarrier(ctx); err != nil {
		return err
	}
	started := false
	defer func() {
		if !started {
			t.on.ReleaseWriteBarrier(ctx)
		}
	}()
	if err := write(); err != nil {
		return err
	}
	started = true
	go func() {
		defer t.on.ReleaseWriteBarrier(ctx)
		write()
	}()
	return nil
}

// begin and end are two halves, whoever calls them.
func (t *task) begin(ctx context.Context) error {
	if err := t.on.AcquireWriteBarrier(ctx); err != nil {
		return err
	}
	return nil
}

func (t *task) end(ctx context.Context) error { return t.on.ReleaseWriteBarrier(ctx) }

func (t *task) state() error {
	if err := t.on.Acquired(); err != nil {
		return err
	}
	return t.on.Released()
}

var _, _, _, _, _ = (*task).dump, (*task).inBackground, (*task).begin, (*task).end, (*task).state
