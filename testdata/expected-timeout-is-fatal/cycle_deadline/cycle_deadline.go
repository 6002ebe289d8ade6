// Package cycle_deadline treats the deadline of one cycle as final.
package cycle_deadline

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func copyBatch(ctx context.Context) error { return ctx.Err() }

func isTransient(err error) bool { return errors.Is(err, errBusy) } // want "context.DeadlineExceeded is expected here"

func run(ctx context.Context) error {
	for {
		cycle, cancel := context.WithTimeout(ctx, time.Second) // step "the deadline of one cycle is set"
		err := copyBatch(cycle)
		cancel()
		if err != nil && !isTransient(err) {
			return err
		}
	}
}
