// Package over_by_asking asks whether the context is over, and then rolls back under it.
package over_by_asking

import (
	"context"
	"database/sql"
)

func save(ctx context.Context, db *sql.DB, query string) error {
	_, err := db.ExecContext(ctx, query)
	if ctx.Err() != nil { // step "the context is over on this way"
		_, _ = db.ExecContext(ctx, "rollback") // want "db.ExecContext waits under a context that is over here"
	}
	return err
}
