// Package ok_background_goes_on copies on a goroutine, round for round, until an error says that it makes no sense.
package ok_background_goes_on

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
	case busy, deadlineExceeded:
		return false
	}
	return true
}

func (c *copying) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := c.some(ctx)
		if c.ended {
			return
		}
		if isFinal(err) {
			c.failed = err
			return
		}
		time.Sleep(time.Second)
	}
}

func mayGoOn(err error) bool {
	return kindOf(err) != broken
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

// each gives up at the first error, whatever it is: nothing is tried again.
func (c *copying) each(ctx context.Context) {
	for !c.ended {
		if err := c.some(ctx); err != nil {
			c.failed = err
			return
		}
	}
}
