// Package transaction_kept keeps a transaction that is rolled back at once.
package transaction_kept

import (
	"context"
	"database/sql"
)

type session struct {
	db *sql.DB
	tx *sql.Tx
}

func (s *session) begin(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tx, err := s.db.BeginTx(ctx, nil) // want "what s.db.BeginTx returns is let out"
	if err != nil {
		return err
	}
	s.tx = tx
	return nil
}
