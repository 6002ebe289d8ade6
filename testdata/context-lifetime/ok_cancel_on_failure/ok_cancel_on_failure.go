// Package ok_cancel_on_failure ends the context only when nothing is let out.
package ok_cancel_on_failure

import (
	"context"
	"database/sql"
)

type result struct {
	rows   *sql.Rows
	cancel context.CancelFunc
}

func (r *result) close() error {
	defer r.cancel()
	return r.rows.Close()
}

func query(ctx context.Context, db *sql.DB) (*result, error) {
	ctx, cancel := context.WithCancel(ctx)
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		cancel()
		return nil, err
	}
	return &result{rows, cancel}, nil
}
