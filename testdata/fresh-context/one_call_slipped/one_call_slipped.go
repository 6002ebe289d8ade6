// Package one_call_slipped forgets the context in one call among several.
package one_call_slipped

import (
	"context"
	"database/sql"
)

type ledger struct{ db *sql.DB }

func (l *ledger) move(ctx context.Context, from, to string) error { // step "ctx is at hand"
	if _, err := l.db.ExecContext(ctx, "update a set n = n - 1 where id = ?", from); err != nil {
		return err
	}
	_, err := l.db.ExecContext(context.Background(), "update a set n = n + 1 where id = ?", to) // want "l.db.ExecContext waits under a fresh context: the end of ctx"
	return err
}
