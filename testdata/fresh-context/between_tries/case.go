// Package between_tries sleeps between two tries without hearing that nobody wants another one.
package between_tries

import (
	"context"
	"errors"
	"time"
)

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func again(ctx context.Context, try func() error) error {
	for try() != nil {
		if !sleep(context.Background(), time.Second) { // want "sleep waits under a fresh context: the end of ctx is not heard of"
			return errors.New("told to end")
		}
	}
	return nil
}
