// Package ok_only_its_end makes contexts for their Done channels and cancel functions only.
package ok_only_its_end

import (
	"context"
	"log"
	"sync"
	"time"
)

type replica interface {
	follow(ctx context.Context, primary string) error
}

type server struct{ answers chan error }

func (s *server) follow(ctx context.Context, _ string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func reparent(ctx context.Context, replicas []replica, primary string) error {
	oneDone, one := context.WithCancel(context.Background())
	allDone, all := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for _, r := range replicas {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := r.follow(ctx, primary); err == nil {
				one()
			}
		}()
	}
	go func() {
		wg.Wait()
		all()
		one()
	}()
	select {
	case <-oneDone.Done():
		return nil
	case <-allDone.Done():
		return oneDone.Err()
	}
}

func demote(ctx context.Context, s *server, stalled func(bool)) error {
	finished, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-finished.Done():
		case <-time.After(time.Minute):
			log.Print("takes long")
			stalled(true)
			if finished.Err() != nil {
				stalled(false)
			}
		}
	}()
	return s.follow(ctx, "")
}

func run(ctx context.Context, stalled func(bool)) error {
	s := &server{answers: make(chan error)}
	if err := demote(ctx, s, stalled); err != nil {
		return err
	}
	return reparent(ctx, []replica{s}, "a")
}
