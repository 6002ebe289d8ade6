// Package ok_listed_texts goes through a list of what it knows of errors, the limit of its query among them.
package ok_listed_texts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	stateSerialization = "40001"
	stateDeadlock      = "40P01"
	stateCanceled      = "57014"
)

var (
	errBusy = errors.New("busy")
	passing = []error{errBusy, io.ErrUnexpectedEOF}
)

type replica struct {
	db  *sql.DB
	pos int64
	use func(id int64) error
}

func (r *replica) pass(ctx context.Context) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL statement_timeout = %d", 30000)); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, "SELECT id FROM jobs WHERE id > $1 ORDER BY id", r.pos)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := r.use(id); err != nil {
			return err
		}
		r.pos = id
	}
	return rows.Err()
}

func isTransient(err error) bool {
	for _, one := range passing {
		if errors.Is(err, one) {
			return true
		}
	}
	for _, state := range []string{stateSerialization, stateDeadlock, stateCanceled} {
		if strings.Contains(err.Error(), "SQLSTATE "+state) {
			return true
		}
	}
	return false
}

func (r *replica) run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := r.pass(ctx); err != nil && !isTransient(err) {
			return err
		}
	}
	return ctx.Err()
}
