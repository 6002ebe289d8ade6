// Package ok_partly_fresh gets back a fresh context where it asked for one, or where it may have none.
package ok_partly_fresh

import (
	"context"
	"database/sql"
)

type spanKey struct{}

func span(ctx context.Context, query string) context.Context {
	return context.WithValue(ctx, spanKey{}, query)
}

func work(ctx context.Context, detached bool) context.Context {
	if detached {
		return context.Background()
	}
	return context.WithValue(ctx, spanKey{}, "")
}

func whichever(ctx context.Context) context.Context {
	if ctx == nil {
		return context.Background()
	}
	return ctx
}

func run(ctx context.Context, db *sql.DB, query string) error {
	ctx = whichever(span(ctx, query))
	if err := db.PingContext(work(ctx, query == "")); err != nil {
		return err
	}
	return db.PingContext(ctx)
}
