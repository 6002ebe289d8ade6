// Package never_cancelled keeps the cancel function of its root context in the object, and nobody calls it.
package never_cancelled

import (
	"context"
	"sync"
)

type streamer struct {
	changes chan string

	mu     sync.Mutex
	open   bool
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *streamer) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open {
		return
	}
	s.open = true
	s.ctx, s.cancel = context.WithCancel(context.Background()) // want "streamer.cancel keeps a cancel function that nothing in the program calls"
	go s.loop(s.ctx)
}

func (s *streamer) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.changes:
		}
	}
}

func (s *streamer) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = false
}
