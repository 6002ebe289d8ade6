// Package undone_in_vain takes back what it began under the context whose end has made it fail.
package undone_in_vain

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

type queue struct{ db *sql.DB }

func (q *queue) wait(ctx context.Context, id int) error {
	_, err := q.db.ExecContext(ctx, "SELECT wait(?)", id)
	return err
}

func (q *queue) delete(ctx context.Context, id int) error {
	_, err := q.db.ExecContext(ctx, "DELETE FROM queue WHERE id = ?", id)
	return err
}

func (q *queue) join(ctx context.Context, id int) error {
	err := q.wait(ctx, id)
	if err != nil {
		reason := err
		switch err {
		case context.DeadlineExceeded:
			reason = fmt.Errorf("timed out: %w", err)
		case context.Canceled:
			reason = fmt.Errorf("given up: %w", err)
		}
		q.delete(ctx, id) // want "q.delete undoes under the context whose end may be why it is needed"
		return reason
	}
	return nil
}

func (q *queue) classify(ctx context.Context, id int) (bool, error) {
	if err := q.wait(ctx, id); err != nil {
		expected := errors.Is(err, context.Canceled)
		if errors.Is(err, context.DeadlineExceeded) {
			expected = true
		}
		if undo := q.delete(ctx, id); undo != nil { // want "q.delete undoes under the context"
			return expected, errors.Join(err, undo)
		}
		return expected, err
	}
	return true, nil
}

func (q *queue) limited(ctx context.Context, id int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := q.wait(ctx, id); err != nil {
		return errors.Join(err, q.delete(ctx, id)) // want "q.delete undoes under the context"
	}
	return nil
}

type move struct{ queue *queue }

func (m *move) lock(ctx context.Context) error { return m.queue.wait(ctx, 1) }
func (m *move) copy(ctx context.Context) error { return m.queue.wait(ctx, 2) }
func (m *move) turn(ctx context.Context) error { return m.queue.wait(ctx, 3) }

func (m *move) cancelMove(ctx context.Context) {
	_ = m.queue.delete(ctx, 1) // step "which waits under it"
	_ = m.queue.delete(ctx, 2)
}

// run takes back all that it did, whichever step failed.
func (m *move) run(ctx context.Context) error {
	if err := m.lock(ctx); err != nil {
		m.cancelMove(ctx) // want "m.cancelMove undoes under the context"
		return err
	}
	if err := m.copy(ctx); err != nil {
		m.cancelMove(ctx)
		return err
	}
	if err := m.turn(ctx); err != nil {
		m.cancelMove(ctx)
		return err
	}
	return nil
}

func (m *move) cancelDetached(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = m.queue.delete(ctx, 1)
	_ = m.queue.delete(ctx, 2)
}

// runDetached takes it back under a context that goes on.
func (m *move) runDetached(ctx context.Context) error {
	if err := m.lock(ctx); err != nil {
		m.cancelDetached(ctx)
		return err
	}
	if err := m.copy(ctx); err != nil {
		m.cancelDetached(ctx)
		return err
	}
	if err := m.turn(ctx); err != nil {
		m.cancelDetached(ctx)
		return err
	}
	return nil
}

// runTwice undoes in two places only: each may have reasons of its own.
func (m *move) runTwice(ctx context.Context) error {
	if err := m.lock(ctx); err != nil {
		m.cancelMove(ctx)
		return err
	}
	if err := m.copy(ctx); err != nil {
		m.cancelMove(ctx)
		return err
	}
	return nil
}
