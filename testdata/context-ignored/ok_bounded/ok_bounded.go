// Package ok_bounded ends by a count or a clock.
package ok_bounded

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("late")

func counted(ctx context.Context, try func(context.Context) error) error {
	for i := 0; i < 3; i++ {
		if try(ctx) == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errLate
}

func inside(ctx context.Context, try func(context.Context) error) error {
	attempts := 0
	for {
		if try(ctx) == nil {
			return nil
		}
		attempts++
		if attempts >= 5 {
			return errLate
		}
		time.Sleep(time.Second)
	}
}

func timed(ctx context.Context, ready func(context.Context) bool) error {
	end := time.Now().Add(time.Minute)
	for !ready(ctx) {
		if time.Now().After(end) {
			return errLate
		}
		time.Sleep(time.Second)
	}
	return nil
}
