// Package ok_limit_by_a_constant fills a column in batches; each may take so long only, by a constant statement.
package ok_limit_by_a_constant

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

type serverError struct{ code string }

func (e *serverError) Error() string { return e.code }

const limit = "SET LOCAL statement_timeout = '2s'"

var transient = map[string]bool{"40001": true, "40P01": true, "57014": true}

func isTransient(err error) bool {
	var found *serverError
	return errors.As(err, &found) && transient[found.code]
}

type job struct {
	db   *sql.DB
	from int64
	size int64
}

func (j *job) batch(ctx context.Context) error {
	tx, err := j.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, limit); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "update t set a = b where id between ? and ?", j.from, j.from+j.size); err != nil {
		return err
	}
	return tx.Commit()
}

func (j *job) run(ctx context.Context, last int64) error {
	for j.from < last {
		err := j.batch(ctx)
		if err == nil {
			j.from += j.size
			continue
		}
		if !isTransient(err) {
			return err
		}
		j.size /= 2
		time.Sleep(time.Second)
	}
	return nil
}
