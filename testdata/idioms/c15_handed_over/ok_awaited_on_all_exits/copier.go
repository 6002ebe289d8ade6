// Package ok_awaited_on_all_exits lends the plans to a goroutine and awaits it on every way out before it goes on.
package ok_awaited_on_all_exits

import (
	"context"
	"fmt"
	"time"
)

type streamer struct {
	plans map[string]int
	lag   time.Duration
}

func (s *streamer) stream(ctx context.Context) error {
	for table := range s.plans {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.plans[table]++
	}
	return nil
}

func (s *streamer) catchUp(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, 1)
	go func() {
		errs <- s.stream(ctx)
		close(errs)
	}()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		if s.lag == 0 {
			cancel()
			return <-errs
		}
		select {
		case err := <-errs:
			return fmt.Errorf("stream ended early: %w", err)
		case <-ctx.Done():
			<-errs
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

func (s *streamer) copyTable(table string) { delete(s.plans, table) }

func (s *streamer) copyAll(ctx context.Context, tables []string) error {
	for _, table := range tables {
		if err := s.catchUp(ctx); err != nil {
			return err
		}
		s.copyTable(table)
	}
	return nil
}

func run() {
	s := &streamer{plans: map[string]int{"a": 1, "b": 2, "c": 3}}
	_ = s.copyAll(context.Background(), []string{"a", "b"})
}
