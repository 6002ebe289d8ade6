// Package ok_stream_cancelled ends the context of the stream that it leaves, or reads it to its end.
package ok_stream_cancelled

import (
	"context"
	"io"
)

type eventsClient interface {
	Recv() (string, error)
	CloseSend() error
}

type connection interface {
	events(ctx context.Context, topic string) (eventsClient, error)
}

func follow(ctx context.Context, c connection, topic string, send func(string) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.events(ctx, topic)
	if err != nil {
		return err
	}
	for {
		event, err := stream.Recv()
		if err != nil {
			return err
		}
		if err := send(event); err != nil {
			return err
		}
	}
}

func all(ctx context.Context, c connection, topic string) (found []string, err error) {
	stream, err := c.events(ctx, topic)
	if err != nil {
		return nil, err
	}
	for {
		event, err := stream.Recv()
		switch err {
		case nil:
			found = append(found, event)
		case io.EOF:
			return found, nil
		default:
			return nil, err
		}
	}
}
