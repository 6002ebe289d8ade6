// Package sibling_waits_under_field keeps a context that says who asks, and leaves it out of one of its requests.
package sibling_waits_under_field

import (
	"context"
	"database/sql"
	"time"
)

type user struct{}

type poller struct {
	ctx  context.Context
	seen int
}

func newPoller(name string) *poller {
	return &poller{ctx: context.WithValue(context.Background(), user{}, name)}
}

func (p *poller) refresh(db *sql.DB) error {
	_, err := db.ExecContext(p.ctx, "call refresh()")
	return err
}

func (p *poller) touch(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	_, err := db.ExecContext(ctx, "call touch()")
	return err
}

func (p *poller) load(db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "call load()") // want "db.ExecContext waits under a fresh context: the end of p.ctx"
	if err != nil {
		return err
	}
	p.seen++
	return nil
}

type source interface {
	fetch(ctx context.Context, key string) (string, error)
}

type remote struct{ db *sql.DB }

func (r *remote) fetch(ctx context.Context, key string) (string, error) {
	var found string
	err := r.db.QueryRowContext(ctx, key).Scan(&found)
	return found, err
}

type mirror struct {
	from  source
	alive context.Context
}

func newMirror(ctx context.Context, db *sql.DB) *mirror { return &mirror{&remote{db}, ctx} }

func (m *mirror) one(key string) (string, error) { return m.from.fetch(m.alive, key) }

func (m *mirror) all(keys []string) (found []string) {
	for _, key := range keys {
		func() {
			one, err := m.from.fetch(context.TODO(), key) // want "m.from.fetch waits under a fresh context: the end of m.alive"
			if err == nil {
				found = append(found, one)
			}
		}()
	}
	return found
}
