// Package ok_hook_for_anyone keeps functions that some call without a context (twin of kept_in_a_variable).
package ok_hook_for_anyone

import (
	"context"
	"database/sql"
	"time"
)

var create func(name string) error

var drop func(name string) error

type plugin struct{}

func (plugin) CreateDatabase(_ context.Context, name string) error {
	return create(name)
}

func (plugin) DropDatabase(_ context.Context, name string) error {
	go drop(name)
	return nil
}

func setUp(db *sql.DB) {
	create = func(name string) error {
		_, err := db.ExecContext(context.Background(), "create database ?", name)
		return err
	}
	drop = func(name string) error {
		_, err := db.ExecContext(context.Background(), "drop database ?", name)
		return err
	}
}

func everyHour(names []string) {
	for range time.Tick(time.Hour) {
		for _, name := range names {
			_ = create(name)
		}
	}
}

func run(ctx context.Context, db *sql.DB) error {
	setUp(db)
	go everyHour(nil)
	return plugin{}.CreateDatabase(ctx, "a")
}
