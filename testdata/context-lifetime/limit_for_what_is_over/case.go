// Package limit_for_what_is_over gives a context that is over another time limit.
package limit_for_what_is_over

import (
	"context"
	"database/sql"
	"time"
)

func undo(ctx context.Context, db *sql.DB) error {
	if ctx.Err() != nil { // step "the context is over on this way"
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "context.WithTimeout is given a context that is over here"
		defer cancel()
	}
	_, err := db.ExecContext(ctx, "rollback")
	return err
}

func detached(ctx context.Context, db *sql.DB) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
	}
	_, err := db.ExecContext(ctx, "rollback")
	return err
}

func afresh(ctx context.Context, db *sql.DB) error {
	if ctx.Err() != nil {
		ctx = context.Background()
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second)
		defer cancel()
	}
	_, err := db.ExecContext(ctx, "rollback")
	return err
}
