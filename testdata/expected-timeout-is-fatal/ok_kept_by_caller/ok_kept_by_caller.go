// Package ok_kept_by_caller asks for revisions by long polls; the loop notes how far it has come, and the poll begins there.
package ok_kept_by_caller

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

type client struct{ revisions chan int64 }

func (c *client) next(ctx context.Context, last int64) (int64, error) {
	select {
	case rev := <-c.revisions:
		if rev <= last {
			return 0, errBusy
		}
		return rev, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type follower struct {
	client *client
	last   int64
}

func within(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, limit)
}

func (f *follower) poll(ctx context.Context) (int64, error) {
	limited, cancel := within(ctx, time.Minute)
	defer cancel()
	return f.client.next(limited, f.last)
}

func (f *follower) run(ctx context.Context, told func(int64)) error {
	for {
		rev, err := f.poll(ctx)
		switch {
		case err == nil:
			f.last = rev
			told(rev)
		case errors.Is(err, context.DeadlineExceeded):
		case errors.Is(err, errBusy):
			time.Sleep(time.Second)
		default:
			return err
		}
	}
}
