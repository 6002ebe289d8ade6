// Package ok_limit_used uses its contexts, in a literal or on one way only.
package ok_limit_used

import (
	"context"
	"database/sql"
	"time"
)

func captured(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ping := func() error { return db.PingContext(ctx) }
	return ping()
}

func maybe(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	return db.PingContext(ctx)
}

type owner struct {
	ctx  context.Context
	stop context.CancelFunc
}

func (o *owner) open(ctx context.Context) {
	o.ctx, o.stop = context.WithCancel(ctx)
}

func (o *owner) close() { o.stop() }

func both(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func named(ctx context.Context) (limited context.Context, stop context.CancelFunc) {
	limited, stop = context.WithTimeout(ctx, time.Second)
	return
}
