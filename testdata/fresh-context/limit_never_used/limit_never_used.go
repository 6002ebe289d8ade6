// Package limit_never_used replaces the context with the limit before it is used.
package limit_never_used

import (
	"context"
	"database/sql"
	"time"
)

type spanKey struct{}

func startSpan(label string) context.Context {
	return context.WithValue(context.Background(), spanKey{}, label)
}

func query(db *sql.DB, limit time.Duration, text string) error {
	ctx := context.Background()
	var cancel context.CancelFunc
	if limit != 0 {
		ctx, cancel = context.WithTimeout(ctx, limit) // want "the context of context.WithTimeout is never used: its time limit reaches nobody"
		defer cancel()
	}
	ctx = startSpan("query") // step "another context takes its place"
	_, err := db.ExecContext(ctx, text)
	return err
}

func discarded(ctx context.Context, db *sql.DB) error {
	_, cancel := context.WithDeadline(ctx, time.Now().Add(time.Second)) // want "the context of context.WithDeadline is never used"
	defer cancel()
	return db.PingContext(ctx)
}
