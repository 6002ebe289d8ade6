// Package ok_cancels_and_drains has a producer for each watch that sends, waiting for room, until it has sent an error and
// closes; consumers that lose interest cancel and drain.
package ok_cancels_and_drains

import (
	"context"
	"errors"
	"fmt"
)

type data struct {
	contents string
	err      error
}

type store interface {
	wait(ctx context.Context, path string) (string, error)
}

func watch(ctx context.Context, s store, path string) (*data, <-chan *data, error) {
	contents, err := s.wait(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	changes := make(chan *data, 10)
	go func() {
		defer close(changes)
		for {
			if ctx.Err() != nil {
				changes <- &data{err: ctx.Err()}
				return
			}
			contents, err := s.wait(ctx, path)
			if err != nil {
				changes <- &data{err: fmt.Errorf("watch on %v: %w", path, err)}
				return
			}
			changes <- &data{contents: contents}
		}
	}()
	return &data{contents: contents}, changes, nil
}

var errFormat = errors.New("unknown format")

func parse(contents string) (int, error) {
	if contents == "" {
		return 0, errFormat
	}
	return len(contents), nil
}

type parsed struct {
	value int
	err   error
}

func watchParsed(ctx context.Context, s store, path string) (*parsed, <-chan *parsed, error) {
	ctx, cancel := context.WithCancel(ctx)
	current, raw, err := watch(ctx, s, path)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	value, err := parse(current.contents)
	if err != nil {
		cancel()
		for range raw {
		}
		return nil, nil, err
	}
	changes := make(chan *parsed, 10)
	go func() {
		defer cancel()
		defer close(changes)
		for d := range raw {
			if d.err != nil {
				changes <- &parsed{err: d.err}
				return
			}
			value, err := parse(d.contents)
			if err != nil {
				cancel()
				for range raw {
				}
				changes <- &parsed{err: err}
				return
			}
			changes <- &parsed{value: value}
		}
	}()
	return &parsed{value: value}, changes, nil
}

func run(ctx context.Context, s store, apply func(int) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	first, changes, err := watchParsed(ctx, s, "shard")
	if err != nil {
		return err
	}
	if err := apply(first.value); err != nil {
		cancel()
		for range changes {
		}
		return err
	}
	for c := range changes {
		if c.err != nil {
			return c.err
		}
		if err := apply(c.value); err != nil {
			cancel()
			for range changes {
			}
			return err
		}
	}
	return nil
}
