// Package maker_of_makers gets its contexts from a function that gets them from another one, and forgets its own.
package maker_of_makers

import (
	"context"
	"database/sql"
	"time"
)

func root() context.Context { return context.Background() }

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(root(), time.Second)
}

func lookup(ctx context.Context, db *sql.DB) error {
	own, cancel := limited()
	defer cancel()
	return db.PingContext(own) // want "db.PingContext waits under a fresh context: the end of ctx is not heard of"
}

type worker struct {
	ctx context.Context
	db  *sql.DB
}

func (w *worker) run(every time.Duration) {
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-time.After(every):
			w.step()
		}
	}
}

func (w *worker) step() error {
	if err := w.db.PingContext(context.TODO()); err != nil { // want "w.db.PingContext waits under a fresh context: the end of w.ctx is not heard of"
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), time.Second)
	defer cancel()
	return w.db.PingContext(ctx)
}
