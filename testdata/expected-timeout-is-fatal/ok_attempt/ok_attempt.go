// Package ok_attempt gives each attempt at one thing so much time: one that takes longer has failed.
package ok_attempt

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errBusy = errors.New("busy")

type store interface {
	Put(ctx context.Context, name string) error
	Begin(ctx context.Context, body func() error) error
}

func save(ctx context.Context, s store, name string) error {
	for {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		err := s.Put(attempt, name)
		cancel()
		if err == nil {
			return nil
		}
		if !errors.Is(err, errBusy) {
			return fmt.Errorf("save %s: %w", name, err)
		}
		time.Sleep(time.Second)
	}
}

func move(ctx context.Context, s store, name string) error {
	for {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		err := s.Begin(attempt, func() error {
			fmt.Println("move", name)
			return nil
		})
		cancel()
		if err == nil || !errors.Is(err, errBusy) {
			return err
		}
	}
}
