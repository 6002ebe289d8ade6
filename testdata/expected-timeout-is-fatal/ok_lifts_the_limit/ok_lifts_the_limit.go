// Package ok_lifts_the_limit lifts the limit of the session.
package ok_lifts_the_limit

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	deadlock   = 1213
	serverGone = 2006
)

type sqlError struct {
	num  int
	text string
}

func (e *sqlError) Error() string { return fmt.Sprintf("%d: %s", e.num, e.text) }

type conn interface {
	exec(ctx context.Context, query string) error
	fetch(ctx context.Context, query string, row func(id int64)) error
}

type rows struct {
	conn  conn
	limit time.Duration
	last  int64
}

func worthIt(err error) bool {
	var failed *sqlError
	if !errors.As(err, &failed) {
		return false
	}
	switch failed.num {
	case deadlock, serverGone:
		return true
	}
	return false
}

func (r *rows) round(ctx context.Context) error {
	if err := r.conn.exec(ctx, "set @@session.max_execution_time = 0"); err != nil {
		return err
	}
	return r.conn.fetch(ctx, fmt.Sprintf("select id from t where id > %d order by id", r.last), func(id int64) { r.last = id })
}

func (r *rows) stream(ctx context.Context) error {
	for {
		err := r.round(ctx)
		if err == nil {
			return nil
		}
		if !worthIt(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
