// Package ok_worker_goes_on tells the deadline of the cycle apart before it asks whether the error is final.
package ok_worker_goes_on

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
	for {
		cycle, cancel := context.WithTimeout(ctx, time.Second)
		err := pull(cycle, func(row string) error { return each(row) })
		cancel()
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
			continue
		}
		if err != nil && !isTransient(err) {
			return err
		}
	}
}
