// Package with_a_limit bounds the work, but no longer hears that the caller is gone.
package with_a_limit

import (
	"context"
	"time"
)

type queue struct{ jobs chan int }

func (q *queue) take(ctx context.Context) (int, error) {
	select {
	case job := <-q.jobs:
		return job, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func next(ctx context.Context, q *queue) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	short, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return q.take(short) // want "q.take waits under a fresh context"
}
