// Package taken_twice runs a field's function between two critical sections, and clears what may be a newer one.
package taken_twice

import (
	"context"
	"sync"
)

type Loop struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	wake   chan struct{}
}

func (l *Loop) Start(ctx context.Context) {
	inner, cancel := context.WithCancel(ctx)
	l.mu.Lock()
	l.cancel = cancel // step "is set as well"
	l.wake = make(chan struct{}, 1)
	l.mu.Unlock()
	go l.run(inner)
}

func (l *Loop) run(ctx context.Context) { <-ctx.Done() }

func (l *Loop) Stop() {
	l.mu.Lock()
	if l.cancel != nil { // step "tests l.cancel"
		cancel := l.cancel
		l.mu.Unlock()
		cancel()
		l.mu.Lock()
		l.cancel = nil // want "tests l.cancel and then sets it in"
	}
	l.mu.Unlock()
}
