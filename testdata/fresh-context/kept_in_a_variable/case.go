// Package kept_in_a_variable is configured with functions that make contexts of their own, and called with one.
package kept_in_a_variable

import (
	"context"
	"database/sql"
)

var create func(name string) error

type plugin struct{}

func (plugin) CreateDatabase(_ context.Context, name string) error {
	return create(name) // step "_ is at hand here"
}

func setUp(db *sql.DB) {
	create = func(name string) error {
		_, err := db.ExecContext(context.Background(), "create database ?", name) // want "db.ExecContext waits under a fresh context, although all callers of func literal in setUp have one"
		return err
	}
}

func run(ctx context.Context, db *sql.DB) error {
	setUp(db)
	return plugin{}.CreateDatabase(ctx, "a")
}
