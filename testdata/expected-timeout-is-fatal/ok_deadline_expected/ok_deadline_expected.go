// Package ok_deadline_expected goes on after the deadline of a cycle.
package ok_deadline_expected

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func copyBatch(ctx context.Context) error { return ctx.Err() }

func isTransient(err error) bool {
	return errors.Is(err, errBusy) || errors.Is(err, context.DeadlineExceeded)
}

func run(ctx context.Context) error {
	for {
		cycle, cancel := context.WithTimeout(ctx, time.Second)
		err := copyBatch(cycle)
		cancel()
		if err != nil && !isTransient(err) {
			return err
		}
	}
}
