// Package taken_in_turn takes rows out of a queue until the time of a round is over: what was taken is done.
package taken_in_turn

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	errDrained = errors.New("drained")
	errBusy    = errors.New("busy")
)

type queue struct{ rows chan int }

func (q *queue) next(ctx context.Context) (int, error) {
	select {
	case row, ok := <-q.rows:
		if !ok {
			return 0, errDrained
		}
		return row, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type worker struct {
	from  *queue
	rows  <-chan int
	round time.Duration
	apply func(int) error
}

func (w *worker) part(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, w.round) // step "the deadline of one cycle is set"
	defer cancel()
	for {
		row, err := w.from.next(ctx)
		if errors.Is(err, errDrained) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("part: %w", err)
		}
		if err := w.apply(row); err != nil {
			return err
		}
	}
}

func again(err error) bool {
	return errors.Is(err, errBusy) // want "context.DeadlineExceeded is expected here, for the deadline of one cycle cuts w.part off"
}

func (w *worker) run(ctx context.Context) error {
	for {
		err := w.part(ctx)
		if err == nil || !again(err) {
			return err
		}
	}
}

func (w *worker) session(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, w.round)
	defer cancel()
	for {
		select {
		case row, ok := <-w.rows:
			if !ok {
				return nil
			}
			if err := w.apply(row); err != nil {
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
		if errors.Is(err, errBusy) {
			time.Sleep(time.Second)
			continue
		}
		return err // want "for the deadline of one cycle cuts w.session off"
	}
}
