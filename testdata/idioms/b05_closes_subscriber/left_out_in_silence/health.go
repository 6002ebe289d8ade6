// Package left_out_in_silence leaves out a subscriber that does not keep up, which never learns of the change.
package left_out_in_silence

import (
	"context"
	"sync"
)

type state struct {
	tablet  string
	serving bool
}

type streamer struct {
	mu      sync.Mutex
	clients map[chan *state]struct{}
}

func (s *streamer) register() chan *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan *state, 20) // step "capacity 20"
	s.clients[c] = struct{}{}
	return c
}

func (s *streamer) change(tablet string, serving bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		select {
		case c <- &state{tablet, serving}: // want "many goroutines send on c, which holds 20"
		default:
		}
	}
}

func (s *streamer) stream(ctx context.Context, callback func(*state) error) error {
	c := s.register()
	for {
		select {
		case <-ctx.Done():
			return nil
		case next := <-c:
			if err := callback(next); err != nil {
				return err
			}
		}
	}
}

func run(ctx context.Context, tablets []string, callback func(*state) error) error {
	s := &streamer{clients: map[chan *state]struct{}{}}
	for _, tablet := range tablets {
		go s.change(tablet, true) // step "goroutine"
	}
	return s.stream(ctx, callback)
}
