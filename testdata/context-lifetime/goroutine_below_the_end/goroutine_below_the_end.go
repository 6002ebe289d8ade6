// Package goroutine_below_the_end is started far below the function that ends the context.
package goroutine_below_the_end

import (
	"context"
	"database/sql"
)

type plan interface {
	run(ctx context.Context, db *sql.DB) error
}

type route struct{ query string }

func (r *route) run(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, r.query)
	r.warm(ctx, db)
	return err
}

func (r *route) warm(ctx context.Context, db *sql.DB) {
	go func() {
		_, _ = db.ExecContext(ctx, r.query) // want "nobody waits for this goroutine, and its context ends when serve returns"
	}()
}

func execute(ctx context.Context, p plan, db *sql.DB) error { return p.run(ctx, db) }

func serve(db *sql.DB, query string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // step "this context ends when serve returns"
	return execute(ctx, &route{query}, db)
}

func listen(db *sql.DB, queries <-chan string) {
	for query := range queries {
		go func() { _ = serve(db, query) }()
	}
}
