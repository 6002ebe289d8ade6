// Package ok_reset_by_caller sets the channel to nil or to another one behind each close, once in the caller.
package ok_reset_by_caller

import "sync"

type gate struct {
	mu     sync.Mutex
	opened chan struct{}
}

func (g *gate) release() {
	if g.opened != nil {
		close(g.opened)
	}
}

func (g *gate) next() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.release()
	g.opened = make(chan struct{})
	return g.opened
}

func (g *gate) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opened != nil {
		close(g.opened)
		g.opened = nil
	}
}
