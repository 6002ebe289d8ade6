// Package run_at_its_end has context.AfterFunc undo things under the context that is over then.
package run_at_its_end

import (
	"context"
	"errors"
	"time"
)

type seat struct{ row int }

type hall struct{ free chan seat }

func (h *hall) take(ctx context.Context) (seat, error) {
	select {
	case s := <-h.free:
		return s, nil
	case <-ctx.Done():
		return seat{}, ctx.Err()
	}
}

func (h *hall) giveBack(ctx context.Context, s seat) error {
	select {
	case h.free <- s:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func badInLiteral(ctx context.Context, h *hall) error {
	s, err := h.take(ctx)
	context.AfterFunc(ctx, func() {
		_ = h.giveBack(ctx, s) // want "context that is over here"
	})
	return err
}

func badInVariable(ctx context.Context, h *hall) (func() bool, error) {
	s, err := h.take(ctx)
	if err != nil {
		return nil, err
	}
	leave := func() {
		err = errors.Join(err, h.giveBack(ctx, s)) // want "context that is over here"
	}
	return context.AfterFunc(ctx, leave), nil
}

func okUnderItsOwn(ctx context.Context, h *hall) error {
	s, err := h.take(ctx)
	context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = h.giveBack(ctx, s)
	})
	return err
}

func okTellsWhy(ctx context.Context, told chan<- error) {
	context.AfterFunc(ctx, func() {
		select {
		case told <- context.Cause(ctx):
		default:
		}
	})
}

func okUnderAnother(ctx, session context.Context, h *hall) error {
	s, err := h.take(ctx)
	context.AfterFunc(ctx, func() { _ = h.giveBack(session, s) })
	return err
}
