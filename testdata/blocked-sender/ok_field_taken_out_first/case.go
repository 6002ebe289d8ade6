// Package ok_field_taken_out_first waits for the channel that it saw under the lock (twin of field_set_to_nil).
package ok_field_taken_out_first

import (
	"context"
	"sync"
)

type gate struct {
	mu     sync.Mutex
	behind int
	opened chan struct{}
	quit   chan struct{}
}

func (g *gate) update(behind int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.behind = behind
	if g.opened == nil && behind > 0 {
		g.opened = make(chan struct{})
	}
	if g.opened != nil && behind == 0 {
		close(g.opened)
		g.opened = nil
	}
}

func (g *gate) pass(ctx context.Context) error {
	g.mu.Lock()
	opened := g.opened
	g.mu.Unlock()
	if opened == nil {
		return nil
	}
	select {
	case <-opened:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) isOpen() bool {
	select {
	case <-g.opened:
		return true
	default:
		return false
	}
}

// loop is the only one who knows of quit: no lock is needed, and none is missed.
func (g *gate) loop(values <-chan int) {
	g.quit = make(chan struct{})
	for value := range values {
		if value < 0 && g.quit != nil {
			close(g.quit)
			g.quit = nil
		}
	}
	<-g.quit
}

func run(ctx context.Context) {
	g := &gate{}
	_ = g.isOpen()
	for range 3 {
		go func() { _ = g.pass(ctx) }()
	}
	g.update(1)
	g.update(0)
	g.loop(nil)
}
