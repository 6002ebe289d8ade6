// Package no_room makes a channel without room for the result of a goroutine that is waited for only so long.
package no_room

import (
	"context"
	"errors"
	"time"
)

var errTooLong = errors.New("took too long")

type plan interface {
	execute(ctx context.Context) error
}

type mirror struct{ source, target plan }

func (m *mirror) execute(ctx context.Context, record func(error)) error {
	results := make(chan error)
	targetCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		err := m.target.execute(targetCtx)
		results <- err // want "this send on results may wait for ever"
	}()
	err := m.source.execute(ctx)
	select {
	case r := <-results:
		record(r)
	case <-time.After(10 * time.Millisecond):
		cancel()
		record(errTooLong)
	}
	return err
}
