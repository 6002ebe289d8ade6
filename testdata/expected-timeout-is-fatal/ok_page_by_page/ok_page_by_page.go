// Package ok_page_by_page copies a table a page at a time, from the last key on; the limit of a page is one of the errors
// that it goes on after.
package ok_page_by_page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	errLockWait   = 1205
	errDeadlock   = 1213
	errInterrupts = 3024
)

type sqlError struct{ number int }

func (e *sqlError) Error() string { return fmt.Sprint(e.number) }

type conn interface {
	query(ctx context.Context, sql string) ([]string, error)
}

type copier struct {
	conn    conn
	lastKey string
}

func (c *copier) page(ctx context.Context) error {
	sql := fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(1000) */ k from t where k > '%s' order by k", c.lastKey)
	rows, err := c.conn.query(ctx, sql)
	for _, row := range rows {
		c.lastKey = row
	}
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return io.EOF
	}
	return nil
}

func isFinal(err error) bool {
	var failed *sqlError
	if !errors.As(err, &failed) {
		return false
	}
	switch failed.number {
	case errLockWait, errDeadlock, errInterrupts:
		return false
	}
	return true
}

func (c *copier) run(ctx context.Context) error {
	for ctx.Err() == nil {
		switch err := c.page(ctx); {
		case err == nil:
			continue
		case errors.Is(err, io.EOF):
			return nil
		case isFinal(err):
			return fmt.Errorf("the copy ends: %w", err)
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}
