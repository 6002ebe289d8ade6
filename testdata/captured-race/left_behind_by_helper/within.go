// Package left_behind_by_helper returns what a function may still write that was left behind.
package left_behind_by_helper

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
		found, err = c.ask(ctx) // want "variable found is written while another goroutine may read it"
		return err
	})
	return found, err
}

func (c *client) position(ctx context.Context) string {
	found, err := c.status(ctx)
	if err != nil || found == nil {
		return ""
	}
	return found.position
}
