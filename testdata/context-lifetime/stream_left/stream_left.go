// Package stream_left leaves a remote stream when the callback fails.
package stream_left

import "context"

type eventsClient interface {
	Recv() (string, error)
	CloseSend() error
}

type connection interface {
	events(ctx context.Context, topic string) (eventsClient, error)
}

func follow(ctx context.Context, c connection, topic string, send func(string) error) error {
	stream, err := c.events(ctx, topic) // want "the stream of c.events is left before its end"
	if err != nil {
		return err
	}
	for {
		event, err := stream.Recv() // step "it is read here"
		if err != nil {
			return err
		}
		if err := send(event); err != nil {
			return err // step "here the loop is left"
		}
	}
}
