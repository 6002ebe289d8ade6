// Package unshared makes a context to stop what it starts, and starts it under another.
package unshared

import (
	"context"
	"errors"
)

type session interface {
	Context() context.Context
}

type feed struct{ lines chan string }

func begin(s session, from func(func(string) error) error) *feed {
	f := &feed{make(chan string)}
	ctx := s.Context()
	go func() {
		defer close(f.lines)
		_ = from(func(line string) error {
			select {
			case f.lines <- line:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return f
}

// first leaves early: what it has begun goes on until the session ends.
func first(s session, from func(func(string) error) error, isLast func(string) bool) (string, error) {
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	f := begin(s, from) // want "what begin starts is not under the context that this function makes and ends"
	for {
		select {
		case line, ok := <-f.lines:
			if !ok {
				return "", errors.New("none")
			}
			if isLast(line) {
				return line, nil
			}
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// direct starts it itself.
func direct(parent context.Context, numbers func() int) int {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	found := make(chan int)
	go func() { // want "starts is not under the context that this function makes and ends"
		for {
			select {
			case found <- numbers():
			case <-parent.Done():
				return
			}
		}
	}()
	for ctx.Err() == nil {
		if at := <-found; at > 0 {
			return at
		}
	}
	return 0
}
