// Package work_named_restore restores a backup, which is its work and no roll-back, and cannot be called off.
package work_named_restore

import (
	"context"
	"database/sql"
)

type engine struct{ db *sql.DB }

func (e *engine) restoreTables(ctx context.Context, names []string) error {
	for _, name := range names {
		if _, err := e.db.ExecContext(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) restore(ctx context.Context, names []string) error {
	if err := e.db.PingContext(ctx); err != nil {
		return err
	}
	return e.restoreTables(context.Background(), names) // want "e.restoreTables waits under a fresh context: the end of ctx"
}
