// Package ok_closed_and_forgotten closes and forgets a subscriber that does not keep up; its stream ends with an error and
// the client comes again.
package ok_closed_and_forgotten

import (
	"context"
	"errors"
	"sync"
)

var (
	errShutDown = errors.New("shut down")
	errOverflow = errors.New("the buffer was full, connect again")
)

type state struct {
	kind    string
	serving bool
}

func (s *state) clone() *state {
	c := *s
	return &c
}

type streamer struct {
	mu      sync.Mutex
	current *state
	clients map[chan *state]struct{}
}

func (s *streamer) register() chan *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan *state, 20)
	s.clients[c] = struct{}{}
	c <- s.current.clone()
	return c
}

func (s *streamer) unregister(c chan *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, c)
}

func (s *streamer) stream(ctx context.Context, closed <-chan struct{}, callback func(*state) error) error {
	c := s.register()
	defer s.unregister(c)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-closed:
			return errShutDown
		case next, ok := <-c:
			if !ok {
				return errOverflow
			}
			if err := callback(next); err != nil {
				return err
			}
		}
	}
}

func (s *streamer) change(kind string, serving bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current.kind = kind
	s.current.serving = serving
	s.broadcast(s.current.clone())
}

func (s *streamer) broadcast(next *state) {
	for c := range s.clients {
		select {
		case c <- next:
		default:
			close(c)
			delete(s.clients, c)
		}
	}
}

func run(ctx context.Context, kinds []string, callback func(*state) error) {
	s := &streamer{current: &state{}, clients: map[chan *state]struct{}{}}
	closed := make(chan struct{})
	defer close(closed)
	var wg sync.WaitGroup
	for _, kind := range kinds {
		wg.Go(func() { s.change(kind, true) })
		wg.Go(func() { _ = s.stream(ctx, closed, callback) })
	}
	wg.Wait()
}
