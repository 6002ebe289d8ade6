// Package ends_in_background copies on a goroutine, which keeps the error for others to see.
package ends_in_background

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type kind int

const (
	other kind = iota
	busy
	deadlineExceeded
	broken
)

type failure struct {
	kind kind
	err  error
}

func (f *failure) Error() string { return fmt.Sprint(f.kind, f.err) }
func (f *failure) Unwrap() error { return f.err }

func kindOf(err error) kind {
	var f *failure
	if errors.As(err, &f) {
		return f.kind
	}
	return other
}

type pages interface {
	From(ctx context.Context, page int, each func(page int) error) error
}

type copying struct {
	pages pages
	put   func(ctx context.Context, page int) error
	limit time.Duration
	page  int
	ended bool

	failed   error
	failures chan error
}

func (c *copying) some(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	err := c.pages.From(ctx, c.page, func(page int) error {
		if err := c.put(ctx, page); err != nil {
			return err
		}
		c.page = page
		return nil
	})
	if err != nil {
		return fmt.Errorf("page %d: %w", c.page, err)
	}
	c.ended = true
	return nil
}

func isFinal(err error) bool {
	switch kindOf(err) {
	case busy:
		return false
	}
	return true // want "context.DeadlineExceeded is expected here, for the deadline of one cycle cuts c.some off"
}

func (c *copying) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := c.some(ctx)
		if c.ended {
			return
		}
		if isFinal(err) {
			c.failed = err
			return // step "the loop ends"
		}
		time.Sleep(time.Second)
	}
}

func mayGoOn(err error) bool {
	return kindOf(err) == busy // want "context.DeadlineExceeded is expected here"
}

func (c *copying) watch(ctx context.Context) {
	for {
		if err := c.some(ctx); err != nil && !mayGoOn(err) {
			c.failures <- err
			break
		}
		if c.ended {
			break
		}
	}
	close(c.failures)
}
