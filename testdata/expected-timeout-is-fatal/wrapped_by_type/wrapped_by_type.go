// Package wrapped_by_type goes on after errors of its own type, which the end of a round is never put into.
package wrapped_by_type

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type passing struct{ err error }

func (p *passing) Error() string { return p.err.Error() }
func (p *passing) Unwrap() error { return p.err }

type source interface {
	each(ctx context.Context, from int, use func(int) error) error
}

type copier struct {
	from source
	last int
	bad  map[int]bool
}

func (c *copier) apply(row int) error {
	if c.bad[row] {
		return fmt.Errorf("row %d is refused", row)
	}
	c.last = row
	return nil
}

func (c *copier) round(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute) // step "the deadline of one cycle is set"
	defer cancel()
	return c.from.each(ctx, c.last, func(row int) error {
		if err := c.apply(row); err != nil {
			return &passing{err: err}
		}
		return nil
	})
}

func again(err error) bool {
	var one *passing
	return errors.As(err, &one) // want "context.DeadlineExceeded is expected here"
}

func (c *copier) run(ctx context.Context) error {
	for {
		err := c.round(ctx)
		if err == nil || !again(err) {
			return err
		}
	}
}
