// Package undoing_statement ends what it began on a connection by a statement, under the context of its caller.
package undoing_statement

import (
	"context"
	"database/sql"
	"errors"
)

const unlock = "UNLOCK TABLES"

func export(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer conn.ExecContext(ctx, unlock) // want "conn.ExecContext is deferred under the context that its function was given"
	if _, err := conn.ExecContext(ctx, "LOCK TABLES orders READ"); err != nil { // step "the end of the context may cut this short"
		return err
	}
	_, err = conn.ExecContext(ctx, "INSERT INTO exported SELECT * FROM orders")
	return err
}

func alone(ctx context.Context, db *sql.DB) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer func() {
		if err != nil {
			_, late := conn.ExecContext(ctx, "select release_lock('export')") // want "conn.ExecContext is deferred"
			err = errors.Join(err, late)
		}
	}()
	_, err = conn.ExecContext(ctx, "INSERT INTO exported SELECT * FROM orders")
	return err
}

// detached ends it under a context of its own.
func detached(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer conn.ExecContext(context.WithoutCancel(ctx), unlock)
	_, err = conn.ExecContext(ctx, "INSERT INTO exported SELECT * FROM orders")
	return err
}

// counted defers what undoes nothing.
func counted(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer conn.ExecContext(ctx, "UPDATE runs SET finished = NOW()")
	_, err = conn.ExecContext(ctx, "INSERT INTO exported SELECT * FROM orders")
	return err
}
