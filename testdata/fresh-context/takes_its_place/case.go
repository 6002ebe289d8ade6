// Package takes_its_place puts a fresh context with a limit where the one was that it was given.
package takes_its_place

import (
	"context"
	"database/sql"
	"net"
	"time"
)

func maybe(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.Background(), limit) // step "a fresh context is made"
		defer cancel()
	}
	return db.PingContext(ctx) // want "db.PingContext waits under a fresh context: the end of ctx is not heard of"
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address) // want "d.DialContext waits under a fresh context"
}

func later(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	ping := func() error { return db.PingContext(ctx) } // want "db.PingContext waits under a fresh context"
	return ping()
}
