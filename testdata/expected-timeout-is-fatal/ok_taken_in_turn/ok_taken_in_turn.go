// Package ok_taken_in_turn goes on after the time of a round; and it has attempts, which are over with their time.
package ok_taken_in_turn

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

type peer interface {
	next(ctx context.Context) (string, error)
}

type worker struct {
	from  peer
	words <-chan string
	round time.Duration
	apply func(string) error
}

func (w *worker) session(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, w.round)
	defer cancel()
	for {
		select {
		case word := <-w.words:
			if err := w.apply(word); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *worker) sessions(ctx context.Context) error {
	for {
		err := w.session(ctx)
		if errors.Is(err, errBusy) || ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			continue
		}
		return err
	}
}

// greet is over when the peer has said what it has to.
func (w *worker) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, w.round)
	defer cancel()
	for {
		word, err := w.from.next(ctx)
		if err != nil {
			return err
		}
		if w.apply(word) == nil {
			return nil
		}
	}
}

// hear waits for one word among others.
func (w *worker) hear(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, w.round)
	defer cancel()
	for {
		select {
		case word := <-w.words:
			if word == "ready" {
				return nil
			}
			if err := w.apply(word); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// lines reads a stream of its own, which begins anew.
func (w *worker) lines(ctx context.Context, open func() peer) error {
	ctx, cancel := context.WithTimeout(ctx, w.round)
	defer cancel()
	stream := open()
	for {
		word, err := stream.next(ctx)
		if err != nil {
			return err
		}
		if err := w.apply(word); err != nil {
			return err
		}
	}
}

// lead asks one leader after the other until one has answered.
func (w *worker) lead(ctx context.Context, ask func(context.Context, string) error) error {
	limited, cancel := context.WithTimeout(ctx, w.round)
	defer cancel()
	for limited.Err() == nil {
		leader, err := w.from.next(limited)
		if err != nil {
			return err
		}
		err = ask(limited, leader)
		if err == nil || errors.Is(err, errBusy) {
			return err
		}
	}
	return limited.Err()
}

func (w *worker) start(ctx context.Context, open func() peer) error {
	for {
		err := w.greet(ctx)
		if errors.Is(err, errBusy) {
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	for {
		err := w.hear(ctx)
		if errors.Is(err, errBusy) {
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	for {
		err := w.lead(ctx, func(context.Context, string) error { return nil })
		if errors.Is(err, errBusy) {
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	for {
		err := w.lines(ctx, open)
		if !errors.Is(err, errBusy) {
			return err
		}
	}
}
