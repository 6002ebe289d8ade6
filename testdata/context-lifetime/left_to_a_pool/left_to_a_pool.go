// Package left_to_a_pool gives others work, and objects, whose context has ended by then.
package left_to_a_pool

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

type job struct{ run func() }

type jobs struct{ queue chan job }

func (j *jobs) Submit(run func()) {
	select {
	case j.queue <- job{run: run}:
	default:
	}
}

func start() submitter {
	p := &pool{work: make(chan func(), 8)}
	go p.loop()
	return p
}

func startJobs() submitter {
	j := &jobs{queue: make(chan job, 8)}
	go func() {
		for one := range j.queue {
			one.run()
		}
	}()
	return j
}

type submitter interface{ Submit(func()) }

func refresh(ctx context.Context, p submitter, db *sql.DB) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	p.Submit(func() {
		db.PingContext(ctx) // want "db.PingContext is called later, when its context has ended"
	})
}

type session struct {
	ctx context.Context
	db  *sql.DB
}

func open(ctx context.Context, db *sql.DB) (*session, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := db.PingContext(limited); err != nil {
		return nil, err
	}
	own := context.WithValue(limited, session{}, "session")
	s := &session{ctx: own, db: db} // want "this object is let out, but keeps a context that ends with this function"
	return s, nil
}

func (s *session) ping() error { return s.db.PingContext(s.ctx) }
