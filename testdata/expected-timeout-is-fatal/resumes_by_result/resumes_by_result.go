// Package resumes_by_result copies a table in pieces; each returns how far it has come, and is cut off by a hint.
package resumes_by_result

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

type sqlError struct{ number int }

func (e *sqlError) Error() string { return fmt.Sprint("errno ", e.number) }

const (
	lockWait = 1205
	deadlock = 1213
)

type copier struct {
	db    *sql.DB
	limit int
}

func (c *copier) piece(ctx context.Context, from int64, take func(int64) error) (int64, error) {
	query := fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ id from t where id > %d order by id", c.limit, from) // step "hint is set"
	rows, err := c.db.QueryContext(ctx, query)
	if err != nil {
		return from, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&from); err != nil {
			return from, err
		}
		if err := take(from); err != nil {
			return from, err
		}
	}
	return from, rows.Err()
}

func isTransient(err error) bool {
	var found *sqlError
	if !errors.As(err, &found) {
		return false
	}
	switch found.number {
	case lockWait, deadlock:
		return true
	default:
		return false // want "MySQL error 3024 .* is expected here"
	}
}

func (c *copier) run(ctx context.Context, take func(int64) error) error {
	var from int64
	for ctx.Err() == nil {
		next, err := c.piece(ctx, from, take)
		from = next
		switch {
		case err == nil:
			return nil
		case isTransient(err):
			continue
		default:
			return fmt.Errorf("copy stopped at %d: %w", from, err)
		}
	}
	return ctx.Err()
}
