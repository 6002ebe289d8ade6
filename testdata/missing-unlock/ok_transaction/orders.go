// Package ok_transaction ends its transactions on all ways.
package ok_transaction

import (
	"context"
	"database/sql"
	"errors"
)

type ledger struct {
	db   *sql.DB
	open *sql.Tx
}

func (l *ledger) start(ctx context.Context) (context.Context, *sql.Tx, error) {
	tx, err := l.db.BeginTx(ctx, nil)
	return ctx, tx, err
}

func (l *ledger) book(ctx context.Context, ids []int) (err error) {
	_, tx, err := l.start(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && tx != nil {
			_ = tx.Rollback()
		}
	}()
	if len(ids) == 0 {
		return errors.New("nothing to book")
	}
	err = tx.Commit()
	tx = nil
	return err
}

func (l *ledger) drop(ctx context.Context, id int) error {
	_, tx, err := l.start(ctx)
	if err != nil {
		return err
	}
	if id == 0 {
		return errors.Join(errors.New("no order"), tx.Rollback())
	}
	if _, err := tx.Exec("delete", id); err != nil {
		undo(tx)
		return err
	}
	return tx.Commit()
}

func undo(tx *sql.Tx) { _ = tx.Rollback() }

func (l *ledger) keep(ctx context.Context, id int) error {
	_, tx, err := l.start(ctx)
	if err != nil {
		return err
	}
	if id < 0 {
		_ = tx.Rollback()
		return errors.New("no order")
	}
	l.open = tx
	if id == 0 {
		return errors.New("kept for later")
	}
	return nil
}
