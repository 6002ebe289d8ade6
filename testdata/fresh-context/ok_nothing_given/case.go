// Package ok_nothing_given makes a context where there is none, where the one given is over, or after a failure.
package ok_nothing_given

import (
	"context"
	"database/sql"
	"time"
)

func orElse(ctx context.Context, db *sql.DB) error {
	if ctx == nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		defer cancel()
	}
	return db.PingContext(ctx)
}

func over(ctx context.Context, db *sql.DB) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		defer cancel()
	}
	return db.PingContext(ctx)
}

func failed(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
		defer cancel()
	}
	_, err := db.ExecContext(ctx, "rollback")
	return err
}

func untilThen(ctx context.Context, db *sql.DB) error {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(context.Background(), end.Add(time.Second))
		defer cancel()
	}
	return db.PingContext(ctx)
}
