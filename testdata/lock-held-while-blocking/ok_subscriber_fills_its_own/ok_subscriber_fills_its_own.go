// Package ok_subscriber_fills_its_own puts a first value into the channel of the subscriber that asks for it.
package ok_subscriber_fills_its_own

import (
	"context"
	"sync"
)

type health struct {
	mu    sync.Mutex
	state int
	to    map[chan int]struct{}
}

func (h *health) register() chan int {
	h.mu.Lock()
	defer h.mu.Unlock()
	to := make(chan int, 4)
	h.to[to] = struct{}{}
	to <- h.state
	return to
}

func (h *health) unregister(to chan int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.to, to)
}

func (h *health) stream(ctx context.Context, send func(int)) {
	to := h.register()
	defer h.unregister(to)
	for {
		select {
		case <-ctx.Done():
			return
		case state := <-to:
			send(state)
		}
	}
}

func run(ctx context.Context) {
	h := &health{to: map[chan int]struct{}{}}
	h.stream(ctx, func(int) {})
}
