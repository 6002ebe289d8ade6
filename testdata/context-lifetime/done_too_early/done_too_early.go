// Package done_too_early has goroutines that say they are done before their last call, for which nobody waits then.
package done_too_early

import (
	"context"
	"sync"
	"time"
)

type replica interface {
	Demote(ctx context.Context, name string) error
	Refresh(ctx context.Context, name string) error
}

func both(limit time.Duration, r replica, names []string) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	var group sync.WaitGroup
	for _, name := range names {
		group.Add(1)
		go func() {
			err := r.Demote(ctx, name)
			group.Done()
			if err == nil {
				_ = r.Refresh(ctx, name) // want "nobody waits for this goroutine once it has said that it is done: r.Refresh fails when this function returns"
			}
		}()
	}
	group.Wait()
}

func one(parent context.Context, r replica, name string) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		if err := r.Demote(ctx, name); err != nil {
			failed <- err
			return
		}
		failed <- nil
		_ = r.Refresh(ctx, name) // want "nobody waits for this goroutine once it has said that it is done"
	}()
	return <-failed
}

func finish(ctx context.Context, r replica, name string) error {
	var group sync.WaitGroup
	var failed error
	group.Add(1)
	go func() {
		failed = r.Demote(ctx, name)
		group.Done()
		_ = r.Refresh(ctx, name) // want "r.Refresh fails when func literal in manager.Serve returns"
	}()
	group.Wait()
	return failed
}

type manager struct{ replica replica }

// Serve ends the context itself when all seems to be done.
func (m *manager) Serve(names <-chan string, failures chan<- error) {
	for name := range names {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		go func() {
			err := finish(ctx, m.replica, name)
			cancel()
			if err != nil {
				failures <- err
			}
		}()
	}
}
