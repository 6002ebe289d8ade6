// Package late_limit makes contexts with a time limit, and has the call behind that wait under the old one.
package late_limit

import (
	"context"
	"database/sql"
	"time"
)

func find(ctx context.Context, near, far *sql.DB, id int) (name string, err error) {
	brief, cancel := context.WithTimeout(ctx, time.Second) // step "brief is made, with a time limit"
	defer cancel()
	err = near.QueryRowContext(ctx, "select name from items where id = ?", id).Scan(&name) // want "near.QueryRowContext waits under ctx, while the time of brief goes by"
	if err != nil {
		err = far.QueryRowContext(brief, "select name from items where id = ?", id).Scan(&name) // step "brief is used only here"
	}
	return name, err
}

type finder struct{ db *sql.DB }

func (f *finder) each(ctx context.Context, ids []int) error {
	for _, id := range ids {
		err := func() error {
			until, cancel := context.WithDeadline(ctx, time.Now().Add(time.Second))
			defer cancel()
			if err := f.touch(ctx, id); err != nil { // want "f.touch waits under ctx, while the time of until goes by"
				return err
			}
			return f.touch(until, -id)
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) touch(ctx context.Context, id int) error {
	_, err := f.db.ExecContext(ctx, "update items set touched = 1 where id = ?", id)
	return err
}

// inside asks the one with the limit first.
func inside(ctx context.Context, near, far *sql.DB) error {
	brief, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if near.PingContext(brief) == nil {
		return nil
	}
	return far.PingContext(ctx)
}

// watched has a watchdog that takes the limit before the work begins.
func watched(ctx context.Context, db *sql.DB, late func()) error {
	brief, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	stop := context.AfterFunc(brief, late)
	defer stop()
	return db.PingContext(ctx)
}

// replaced is one name for both.
func replaced(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.PingContext(ctx)
}

// beside works under the old one where it comes to that only now and then.
func beside(ctx context.Context, db *sql.DB, again bool) error {
	brief, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if again {
		if err := db.PingContext(ctx); err != nil {
			return err
		}
	}
	return db.PingContext(brief)
}
