// Package ok_put_into_a_table shows its transactions to others only for as long as their context lasts.
package ok_put_into_a_table

import (
	"context"
	"database/sql"
	"time"
)

type pool struct {
	db  *sql.DB
	txs map[int64]*sql.Tx
}

func (p *pool) run(ctx context.Context, id int64, work func(*sql.Tx) error) error {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := p.db.BeginTx(limited, nil)
	if err != nil {
		return err
	}
	p.txs[id] = tx
	defer delete(p.txs, id)
	if err := work(tx); err != nil {
		return tx.Rollback()
	}
	return tx.Commit()
}

func (p *pool) kill(id int64) error { return p.txs[id].Rollback() }
