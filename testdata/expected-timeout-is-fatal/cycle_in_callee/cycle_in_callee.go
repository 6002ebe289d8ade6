// Package cycle_in_callee sets the deadline of a cycle in the function that does the cycle.
package cycle_in_callee

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

type feed interface {
	After(ctx context.Context, at int, each func(at int)) error
}

type reader struct {
	feed feed
	at   int
}

func (r *reader) note(at int) { r.at = at }

func (r *reader) once(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // step "the deadline of one cycle is set"
	defer cancel()
	err := r.feed.After(ctx, r.at, r.note)
	return err
}

func isFinal(err error) bool {
	if errors.Is(err, errBusy) {
		return false
	}
	return true // want "context.DeadlineExceeded is expected here"
}

func (r *reader) run(ctx context.Context) error {
	for {
		if err := r.once(ctx); err == nil || isFinal(err) {
			return err
		}
	}
}

// ask does all or nothing: an attempt that takes too long has come to nothing.
func (r *reader) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return ping(ctx)
}

func ping(ctx context.Context) error { return ctx.Err() }

func (r *reader) asks(ctx context.Context) error {
	for {
		if err := r.ask(ctx); err == nil || isFinal(err) {
			return err
		}
	}
}

func (r *reader) goesOn(ctx context.Context) error {
	for {
		err := r.once(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if isFinal(err) && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
}
