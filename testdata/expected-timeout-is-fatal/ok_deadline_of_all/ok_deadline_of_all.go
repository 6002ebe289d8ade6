// Package ok_deadline_of_all sets one deadline for all tries, outside the loop: when it ends, all ends.
package ok_deadline_of_all

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func pull(ctx context.Context, each func(string) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return each("row")
}

func isTransient(err error) bool { return errors.Is(err, errBusy) }

func run(ctx context.Context, each func(string) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := pull(ctx, func(row string) error { return each(row) })
		if err == nil || !isTransient(err) {
			return err
		}
	}
}
