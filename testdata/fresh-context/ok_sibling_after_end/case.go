// Package ok_sibling_after_end keeps a context for its requests, and has reasons to leave it out: it has ended it, the
// request has a time of its own, or nobody else makes such a request.
package ok_sibling_after_end

import (
	"context"
	"database/sql"
	"time"
)

type poller struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newPoller() *poller {
	ctx, cancel := context.WithCancel(context.Background())
	return &poller{ctx, cancel}
}

func (p *poller) refresh(db *sql.DB) error {
	_, err := db.ExecContext(p.ctx, "call refresh()")
	return err
}

func (p *poller) leave(db *sql.DB) error {
	p.cancel()
	_, err := db.ExecContext(context.Background(), "call leave()")
	return err
}

func (p *poller) last(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := db.ExecContext(ctx, "call last()")
	return err
}

func (p *poller) other(db *sql.DB) error {
	return db.PingContext(context.Background())
}

type stateless struct{ n int }

func (s *stateless) refresh(db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "call refresh()")
	s.n++
	return err
}
