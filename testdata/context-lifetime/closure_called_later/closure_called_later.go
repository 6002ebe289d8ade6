// Package closure_called_later returns a function that works under the ended context.
package closure_called_later

import (
	"context"
	"database/sql"
)

func prepare(ctx context.Context, db *sql.DB) func() error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return func() error {
		return db.PingContext(ctx) // want "db.PingContext is called later, when its context has ended"
	}
}
