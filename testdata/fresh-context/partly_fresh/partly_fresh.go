// Package partly_fresh gets back a context that is sometimes derived from the one it gave, and sometimes is not.
package partly_fresh

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

type spanKey struct{}

func begin(ctx context.Context, parent string) (context.Context, error) {
	return context.WithValue(ctx, spanKey{}, parent), nil
}

func span(ctx context.Context, query string) context.Context {
	parent, _, found := strings.Cut(query, "*/")
	if !found {
		return context.WithValue(ctx, spanKey{}, "")
	}
	joined, err := begin(context.Background(), parent) // step "a fresh context is made"
	if err != nil {
		return ctx
	}
	return joined
}

func run(ctx context.Context, db *sql.DB, query string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ctx = span(ctx, query)
	return db.PingContext(ctx) // want "db.PingContext waits under a fresh context: the end of ctx is not heard of"
}
