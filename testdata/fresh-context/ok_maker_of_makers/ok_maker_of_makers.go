// Package ok_maker_of_makers gets contexts for what is to be finished from a function that says so, and makes its own
// from the one at hand.
package ok_maker_of_makers

import (
	"context"
	"database/sql"
	"time"
)

func root(ctx context.Context) context.Context {
	if ctx == nil {
		return context.Background()
	}
	return ctx
}

func limited(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(root(ctx), time.Second)
}

func lookup(ctx context.Context, db *sql.DB) error {
	own, cancel := limited(ctx)
	defer cancel()
	return db.PingContext(own)
}

type worker struct {
	ctx  context.Context
	stop context.CancelFunc
	db   *sql.DB
}

// step is done whatever becomes of the worker.
func (w *worker) step() error {
	return w.db.PingContext(context.Background())
}

func (w *worker) close() error {
	w.stop()
	return w.db.PingContext(context.TODO())
}

// ask has nothing to do with what the worker does otherwise.
func (w *worker) ask() error { return w.db.PingContext(context.TODO()) }
