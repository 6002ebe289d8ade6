// Package stale_defer has literals that call what a variable holds in the end.
package stale_defer

import (
	"context"
	"database/sql"
	"time"
)

func both(ctx context.Context, first, second *sql.DB) error {
	one, cancel := context.WithTimeout(ctx, time.Minute)
	defer func() { cancel() }() // step "releases what cancel holds when it runs"
	if err := first.PingContext(one); err != nil {
		return err
	}
	two, cancel := context.WithTimeout(ctx, time.Hour) // want "cancel gets what context.WithTimeout returns"
	defer func() { cancel() }()
	return second.PingContext(two)
}

// direct defers the functions themselves.
func direct(ctx context.Context, first, second *sql.DB) error {
	one, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := first.PingContext(one); err != nil {
		return err
	}
	two, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	return second.PingContext(two)
}

// renewed calls the old one before it makes another.
func renewed(ctx context.Context, db *sql.DB) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer func() { cancel() }()
	for db.PingContext(limited) != nil {
		cancel()
		limited, cancel = context.WithTimeout(ctx, time.Minute)
	}
	cancel()
	return ctx.Err()
}
