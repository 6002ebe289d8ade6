// Package ok_done_in_the_end has goroutines that are done when they say so, or go on under a context that lasts.
package ok_done_in_the_end

import (
	"context"
	"sync"
	"time"
)

type replica interface {
	Demote(ctx context.Context, name string) error
	Refresh(ctx context.Context, name string) error
}

func all(parent context.Context, r replica, names []string) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	var group sync.WaitGroup
	for _, name := range names {
		group.Add(1)
		go func() {
			if err := r.Demote(ctx, name); err != nil {
				group.Done()
				return
			}
			_ = r.Refresh(ctx, name)
			group.Done()
		}()
	}
	group.Wait()
}

// lasting goes on under the context of the caller.
func lasting(parent context.Context, r replica, name string) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		failed <- r.Demote(ctx, name)
		_ = r.Refresh(parent, name)
	}()
	return <-failed
}

// twice waits for both steps.
func twice(parent context.Context, r replica, name string) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	demoted, refreshed := make(chan error, 1), make(chan error, 1)
	go func() {
		demoted <- r.Demote(ctx, name)
		refreshed <- r.Refresh(ctx, name)
	}()
	if err := <-demoted; err != nil {
		return err
	}
	return <-refreshed
}

// again is told twice by one channel.
func again(parent context.Context, r replica, name string) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	steps := make(chan error, 2)
	go func() {
		steps <- r.Demote(ctx, name)
		steps <- r.Refresh(ctx, name)
	}()
	if err := <-steps; err != nil {
		return err
	}
	return <-steps
}
