// Package slot_kept uses a channel as a semaphore and keeps the slot when a query is empty.
package slot_kept

import (
	"context"
	"errors"
)

var errEmpty = errors.New("empty")

type executor struct {
	slots chan struct{}
	read  func(ctx context.Context, query string) error
}

func newExecutor(read func(context.Context, string) error) *executor {
	return &executor{slots: make(chan struct{}, 4), read: read}
}

func (e *executor) execute(ctx context.Context, query string) error {
	select {
	case e.slots <- struct{}{}: // step "a slot of e.slots is taken"
	case <-ctx.Done():
		return ctx.Err()
	}
	if query == "" {
		return errEmpty // want "a slot of e.slots is not given back on a path on which executor.execute returns"
	}
	err := e.read(ctx, query)
	<-e.slots
	return err
}
