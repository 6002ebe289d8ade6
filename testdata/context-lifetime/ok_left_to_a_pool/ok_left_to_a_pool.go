// Package ok_left_to_a_pool gives others work that ends its own context, or waits for it.
package ok_left_to_a_pool

import (
	"context"
	"database/sql"
	"time"
)

type pool struct{ work chan func() }

func (p *pool) loop() {
	for task := range p.work {
		task()
	}
}

func (p *pool) Submit(task func()) { p.work <- task }

// Do comes back when the task is done.
func (p *pool) Do(task func()) {
	done := make(chan bool)
	p.work <- func() {
		task()
		close(done)
	}
	<-done
}

// inline runs what it is given itself.
type inline struct{}

func (inline) Run(task func()) { task() }

type runner interface{ Run(func()) }

func start() *pool {
	p := &pool{work: make(chan func(), 8)}
	go p.loop()
	return p
}

func refresh(ctx context.Context, p *pool, db *sql.DB) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	p.Submit(func() {
		defer cancel()
		db.PingContext(ctx)
	})
}

func refreshed(ctx context.Context, p *pool, db *sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	p.Do(func() { db.PingContext(ctx) })
}

func both(ctx context.Context, p *pool, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer := make(chan error)
	p.Submit(func() { answer <- db.PingContext(ctx) })
	return <-answer
}

func atOnce(ctx context.Context, r runner, db *sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	r.Run(func() { db.PingContext(ctx) })
}

type session struct {
	ctx context.Context
	db  *sql.DB
}

func (s *session) ping() error { return s.db.PingContext(s.ctx) }

// open keeps the caller's context, and the limited one for itself.
func open(ctx context.Context, db *sql.DB) (*session, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	asked := &session{ctx: limited, db: db}
	if err := asked.ping(); err != nil {
		return nil, err
	}
	return &session{ctx: ctx, db: db}, nil
}

func use() runner { return inline{} }
