// Package ok_others_go_on returns when the first replica has answered; the others go on under a context that a goroutine
// ends when all have.
package ok_others_go_on

import (
	"context"
	"errors"
	"sync"
	"time"
)

type replica struct{ answers chan error }

func (r *replica) follow(ctx context.Context, _ string) error {
	select {
	case err := <-r.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func reparent(ctx context.Context, replicas []*replica, primary string, promote func(context.Context) error) error {
	replicaCtx, replicaCancel := context.WithTimeout(context.Background(), time.Minute)
	primaryCtx, primaryCancel := context.WithTimeout(ctx, 15*time.Second)
	defer primaryCancel()
	oneDone, one := context.WithCancel(context.Background())
	allDone, all := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed []error
	for _, r := range replicas {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := r.follow(replicaCtx, primary); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = append(failed, err)
				return
			}
			one()
		}()
	}
	go func() {
		defer replicaCancel()
		wg.Wait()
		all()
		one()
	}()
	if err := promote(primaryCtx); err != nil {
		replicaCancel()
		return err
	}
	select {
	case <-oneDone.Done():
		return nil
	case <-allDone.Done():
		mu.Lock()
		defer mu.Unlock()
		return errors.Join(failed...)
	}
}
