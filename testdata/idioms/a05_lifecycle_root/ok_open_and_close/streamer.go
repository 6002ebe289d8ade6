// Package ok_open_and_close keeps a root context in the object from open to close, whoever opens it.
package ok_open_and_close

import (
	"context"
	"errors"
	"sync"
)

var errShutDown = errors.New("shut down")

type engine struct{ changes chan string }

type streamer struct {
	engine *engine

	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *streamer) open(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		return nil
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.done = make(chan struct{})
	go s.loop(s.ctx, s.done)
	return nil
}

func (s *streamer) loop(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.engine.changes:
		}
	}
}

func (s *streamer) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
		<-s.done
	}
}

func (s *streamer) root() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel == nil {
		return nil
	}
	return s.ctx
}

func (s *streamer) stream(ctx context.Context, callback func(string) error) error {
	root := s.root()
	if root == nil {
		return errShutDown
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-root.Done():
			return errShutDown
		case change := <-s.engine.changes:
			if err := callback(change); err != nil {
				return err
			}
		}
	}
}

func run(ctx context.Context, callback func(string) error) error {
	s := &streamer{engine: &engine{changes: make(chan string)}}
	if err := s.open(ctx); err != nil {
		return err
	}
	defer s.close()
	return s.stream(ctx, callback)
}
