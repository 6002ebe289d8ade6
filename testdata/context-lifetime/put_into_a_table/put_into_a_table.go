// Package put_into_a_table keeps transactions for later under the time limit of their beginning.
package put_into_a_table

import (
	"context"
	"database/sql"
	"time"
)

type pool struct {
	db   *sql.DB
	next int64
	txs  map[int64]*sql.Tx
}

func (p *pool) begin(ctx context.Context) (int64, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := p.db.BeginTx(limited, nil) // want "what p.db.BeginTx returns is let out, but its context ends with this function"
	if err != nil {
		return 0, err
	}
	p.next++
	p.txs[p.next] = tx
	return p.next, nil
}

func (p *pool) commit(id int64) error { return p.txs[id].Commit() }
