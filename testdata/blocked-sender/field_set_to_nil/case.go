// Package field_set_to_nil wakes up everybody who waits, and takes the channel away from those who come late.
package field_set_to_nil

import (
	"context"
	"sync"
	"time"
)

type gate struct {
	mu     sync.Mutex
	behind int
	opened chan struct{}
}

func (g *gate) update(behind int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.behind = behind
	if g.opened == nil && behind > 0 {
		g.opened = make(chan struct{})
	}
	if g.opened != nil && behind == 0 {
		close(g.opened) // step "closes the channel, and wakes up who waits for it"
		g.opened = nil  // step "sets the field to nil, holding field_set_to_nil.gate.mu"
	}
}

func (g *gate) mustWait() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.behind > 0
}

func (g *gate) pass(ctx context.Context, behind int) error {
	g.update(behind)
	if !g.mustWait() {
		return nil
	}
	select {
	case <-g.opened: // want "this receive from g.opened may wait for ever: gate.update closes the channel and sets the field to nil"
		return nil
	case <-time.After(time.Minute):
		return context.DeadlineExceeded
	case <-ctx.Done():
		return ctx.Err()
	}
}

func run(ctx context.Context) {
	g := &gate{}
	for i := range 3 {
		go func() { _ = g.pass(ctx, i) }()
	}
	g.update(0)
}
