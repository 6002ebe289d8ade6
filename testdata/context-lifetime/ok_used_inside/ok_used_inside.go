// Package ok_used_inside hands closures to calls that are over before it is.
package ok_used_inside

import (
	"context"
	"database/sql"
)

func each(rows []string, f func(string) error) error {
	for _, row := range rows {
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

func touch(ctx context.Context, db *sql.DB, rows []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ping := func(string) error { return db.PingContext(ctx) }
	return each(rows, ping)
}
