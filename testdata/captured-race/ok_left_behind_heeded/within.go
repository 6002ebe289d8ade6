// Package ok_left_behind_heeded returns what a function has written only if that was not left behind.
package ok_left_behind_heeded

import (
	"context"
	"errors"
	"time"
)

var errSlow = errors.New("took too long")

type status struct{ position string }

type client struct{ latency, patience time.Duration }

func (c *client) ask(context.Context) (*status, error) {
	time.Sleep(c.latency)
	return &status{position: "here"}, nil
}

// within gives a function some time, and does not wait for it any longer.
func within(ctx context.Context, patience time.Duration, function func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- function(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return errSlow
	}
}

func (c *client) status(ctx context.Context) (*status, error) {
	var found *status
	err := within(ctx, c.patience, func(ctx context.Context) error {
		var err error
		found, err = c.ask(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (c *client) position(ctx context.Context) string {
	found, err := c.status(ctx)
	if err != nil || found == nil {
		return ""
	}
	return found.position
}
