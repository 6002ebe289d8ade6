// Package ok_undone_later takes back what it began: under a context of its own, only where the other one has not ended, or
// for a failure that has nothing to do with it.
package ok_undone_later

import (
	"context"
	"database/sql"
	"errors"
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

func check(id int) error {
	if id < 0 {
		return errors.New("negative")
	}
	return nil
}

func (q *queue) detached(ctx context.Context, id int) error {
	err := q.wait(ctx, id)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("timed out")
	}
	if err != nil {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		return errors.Join(err, q.delete(late, id))
	}
	return nil
}

func (q *queue) otherwise(ctx context.Context, id int) error {
	if err := q.wait(ctx, id); err != nil {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		return errors.Join(err, q.delete(ctx, id))
	}
	return nil
}

func (q *queue) outer(ctx context.Context, id int) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := q.wait(short, id); err != nil {
		return errors.Join(err, q.delete(ctx, id))
	}
	return nil
}

func (q *queue) checked(ctx context.Context, id int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := check(id); err != nil {
		return errors.Join(err, q.delete(ctx, id))
	}
	return q.wait(ctx, id)
}

// last tries three times: an error is that of this round, or of one before.
func (q *queue) last(ctx context.Context, id int) error {
	var last, err error
	for range 3 {
		err = q.wait(ctx, id)
		if err == nil {
			err = last
		}
		last = err
	}
	if last != nil {
		return errors.Join(last, q.delete(ctx, id))
	}
	return nil
}
