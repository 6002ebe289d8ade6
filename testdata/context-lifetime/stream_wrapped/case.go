// Package stream_wrapped puts a stream into what it returns, which outlives the context of the stream.
package stream_wrapped

import (
	"context"
	"database/sql"
	"time"
)

type event struct{ at time.Time }

type eventStream interface {
	Recv() (*event, error)
	CloseSend() error
}

type client interface {
	Watch(ctx context.Context, name string) (eventStream, error)
}

type reader struct{ in eventStream }

func (r *reader) next() (*event, error) { return r.in.Recv() }

func open(ctx context.Context, c client) (*reader, error) {
	in, err := c.Watch(ctx, "events")
	if err != nil {
		return nil, err
	}
	return &reader{in}, nil
}

func object(c client) (*reader, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return open(ctx, c) // want "what open returns keeps a context that ends with this function"
}

func receiver(ctx context.Context, c client) (func() (*event, error), error) {
	in, err := c.Watch(ctx, "events")
	if err != nil {
		return nil, err
	}
	return func() (*event, error) { return in.Recv() }, nil
}

func function(c client) (func() (*event, error), error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	next, err := receiver(ctx, c) // want "what receiver returns keeps a context that ends with this function"
	if err != nil {
		return nil, err
	}
	return next, nil
}

type nexter interface{ next() (*event, error) }

type method func() (*event, error)

func (m method) next() (*event, error) { return m() }

func methodValue(c client) (nexter, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	in, err := c.Watch(ctx, "events") // want "what c.Watch returns is let out, but its context ends with this function"
	if err != nil {
		return nil, err
	}
	return method(in.Recv), nil
}

func pump(ctx context.Context, c client) (<-chan *event, error) {
	in, err := c.Watch(ctx, "events")
	if err != nil {
		return nil, err
	}
	out := make(chan *event, 10)
	go func() {
		defer close(out)
		for {
			one, err := in.Recv()
			if err != nil {
				return
			}
			out <- one
		}
	}()
	return out, nil
}

func channel(c client) (<-chan *event, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return pump(ctx, c) // want "the channel that pump returns is let out, but what feeds it ends"
}

func straight(db *sql.DB) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return db.QueryContext(ctx, "select 1") // want "what db.QueryContext returns is let out, but its context ends"
}
