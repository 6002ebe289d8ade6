// Package object_keeps_it makes an object that keeps its context.
package object_keeps_it

import (
	"context"
	"time"
)

type watcher struct {
	ctx    context.Context
	events chan string
}

func newWatcher(ctx context.Context) *watcher {
	return &watcher{ctx: ctx, events: make(chan string)}
}

func (w *watcher) next() (string, error) {
	select {
	case event := <-w.events:
		return event, nil
	case <-w.ctx.Done():
		return "", w.ctx.Err()
	}
}

func open(ctx context.Context) *watcher {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return newWatcher(ctx) // want "what newWatcher returns keeps a context that ends with this function"
}
