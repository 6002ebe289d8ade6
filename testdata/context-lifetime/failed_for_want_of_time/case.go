// Package failed_for_want_of_time takes back, in a deferred literal, what was done, under the limit that may be over.
package failed_for_want_of_time

import (
	"context"
	"errors"
	"time"
)

type door interface {
	shut(ctx context.Context) error
	open(ctx context.Context) error
	empty(ctx context.Context) error
}

type hall struct{ left chan struct{} }

func (h *hall) shut(ctx context.Context) error { return ctx.Err() }

func (h *hall) open(ctx context.Context) error { return ctx.Err() }

func (h *hall) empty(ctx context.Context) error {
	select {
	case <-h.left:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func newHall() door { return &hall{make(chan struct{})} }

type steps struct{ back []func(context.Context) error }

func (s *steps) done(back func(context.Context) error) { s.back = append(s.back, back) }

// returns takes the steps back, the last first.
func (s *steps) returns(ctx context.Context) error {
	var failed []error
	for at := len(s.back) - 1; at >= 0; at-- {
		failed = append(failed, s.back[at](ctx))
	}
	return errors.Join(failed...)
}

func bad(ctx context.Context, d door, limit time.Duration) (err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var s steps
	defer func() {
		if err == nil {
			return
		}
		err = errors.Join(err, s.returns(limited)) // want "s.returns runs after a failure under a context whose time limit"
	}()
	s.done(d.open)
	if err := d.shut(limited); err != nil {
		return err
	}
	return d.empty(limited)
}

func ok(ctx context.Context, d door, limit time.Duration) (err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var s steps
	defer func() {
		if err == nil {
			return
		}
		back, cancel := context.WithTimeout(context.WithoutCancel(limited), time.Second)
		defer cancel()
		err = errors.Join(err, s.returns(back))
	}()
	s.done(d.open)
	if err := d.shut(limited); err != nil {
		return err
	}
	return d.empty(limited)
}

// okAfterwards goes on where nothing has failed.
func okAfterwards(ctx context.Context, d door) (err error) {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	defer func() {
		if err == nil {
			err = d.open(limited)
		}
	}()
	return d.empty(limited)
}

// okCancelled has no limit of its own: who cancels it wants it to end.
func okCancelled(ctx context.Context, d door) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer func() {
		if err != nil {
			_ = d.open(ctx)
		}
	}()
	return d.empty(ctx)
}
