// Package ok_sequential_handover awaits the goroutine on every way out before the owner goes on (idiom C15).
package ok_sequential_handover

import (
	"context"
	"errors"
)

type streamer struct{ tables map[string]int }

func (s *streamer) copyTable(ctx context.Context, name string) error {
	s.tables[name]++
	return ctx.Err()
}

func (s *streamer) catchUp(ctx context.Context, name string) error {
	errs := make(chan error, 1)
	go func() { errs <- s.copyTable(ctx, name) }()
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), <-errs)
	}
	return <-errs
}

func (s *streamer) run(ctx context.Context, names []string) (int, error) {
	for _, name := range names {
		if err := s.catchUp(ctx, name); err != nil {
			return 0, err
		}
		s.tables[name]++
	}
	return len(s.tables), nil
}
