// Package rows_let_out returns rows whose context ends with the function.
package rows_let_out

import (
	"context"
	"database/sql"
	"time"
)

func list(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()                                          // step "this ends it when the function returns"
	rows, err := db.QueryContext(ctx, "select name from t") // want "what db.QueryContext returns is let out"
	if err != nil {
		return nil, err
	}
	return rows, nil
}
