// Package ok_wrapped_by_type goes on after errors of its own type, which all of a round are put into.
package ok_wrapped_by_type

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
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := c.from.each(ctx, c.last, c.apply); err != nil {
		return &passing{err}
	}
	return nil
}

func again(err error) bool {
	var one *passing
	return errors.As(err, &one)
}

func (c *copier) run(ctx context.Context) error {
	for {
		err := c.round(ctx)
		if err == nil || !again(err) {
			return err
		}
	}
}
