// Package ok_kept_by_receiver has methods that keep what lives on a context in their object, and return something else.
package ok_kept_by_receiver

import (
	"context"
	"database/sql"
	"time"
)

type reader struct {
	db   *sql.DB
	rows *sql.Rows
}

type header struct{ name string }

func (r *reader) close() { _ = r.rows.Close() }

func (r *reader) header(ctx context.Context) (*header, error) {
	rows, err := r.db.QueryContext(ctx, "select name from headers")
	if err != nil {
		return nil, err
	}
	r.rows = rows
	found := &header{}
	if rows.Next() {
		err = rows.Scan(&found.name)
	}
	return found, err
}

// first is done with the reader, and its rows, when the context ends.
func first(db *sql.DB) (*header, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	r := &reader{db: db}
	found, err := r.header(ctx)
	if err != nil {
		return nil, err
	}
	defer r.close()
	return found, nil
}
