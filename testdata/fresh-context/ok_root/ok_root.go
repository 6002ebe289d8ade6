// Package ok_root has no context, nor have all of its callers.
package ok_root

import (
	"context"
	"database/sql"
)

func ping(db *sql.DB) error {
	return db.PingContext(context.Background())
}

func start(db *sql.DB) error { return ping(db) }

func serve(ctx context.Context, db *sql.DB) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return db.PingContext(ctx)
}

func main() {
	_ = start(nil)
	_ = serve(context.Background(), nil)
}

type job struct{ ctx context.Context }

func (j *job) context() context.Context {
	if j.ctx != nil {
		return j.ctx
	}
	return context.Background()
}

func (j *job) run(ctx context.Context, db *sql.DB) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	own := j.ctx
	if own == nil {
		own = context.Background()
	}
	if err := db.PingContext(own); err != nil {
		return err
	}
	return db.PingContext(j.context())
}

type session struct{ db *sql.DB }

func (s *session) exec(query string) error {
	_, err := s.db.ExecContext(context.Background(), query)
	return err
}

func (s *session) begin(_ context.Context) error { return s.exec("begin") }

func (s *session) Commit() error { return s.exec("commit") }

func (s *session) killQuery() error {
	return s.db.PingContext(context.Background())
}

func (s *session) watch(ctx context.Context) error {
	<-ctx.Done()
	return s.killQuery()
}
