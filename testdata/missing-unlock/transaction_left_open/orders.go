// Package transaction_left_open rolls back on one way on which it fails, and leaves the transaction open on another.
package transaction_left_open

import (
	"context"
	"database/sql"
	"errors"
)

type key struct{}

type ledger struct {
	db *sql.DB
}

func (l *ledger) start(ctx context.Context) (context.Context, *sql.Tx, error) {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return ctx, nil, err
	}
	return context.WithValue(ctx, key{}, tx), tx, nil
}

func lookUp(ctx context.Context, name string) (int, error) {
	if ctx.Value(key{}) == nil || name == "" {
		return 0, errors.New("no such order")
	}
	return len(name), nil
}

func (l *ledger) book(ctx context.Context, name string) error {
	ctx, tx, err := l.start(ctx) // want "tx of l.start is not given back .Rollback. on a path on which ledger.book returns"
	if err != nil {
		return err
	}
	id, err := lookUp(ctx, name)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("insert", id); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func (l *ledger) drop(ctx context.Context, names []string) error {
	tx, err := l.db.Begin() // want "tx of l.db.Begin is not given back .Rollback. on a path on which ledger.drop returns"
	if err != nil {
		return err
	}
	for _, name := range names {
		id, err := lookUp(ctx, name)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("delete", id); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return nil
}
