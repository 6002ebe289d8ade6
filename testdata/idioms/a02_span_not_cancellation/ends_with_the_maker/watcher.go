// Package ends_with_the_maker makes an object that lives on under a context that ends when it has been made.
package ends_with_the_maker

import (
	"context"
	"time"
)

type source struct{ answers chan []string }

func (s *source) tablets(ctx context.Context) ([]string, error) {
	select {
	case names := <-s.answers:
		return names, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type watcher struct {
	source *source
	ctx    context.Context
}

func newWatcher(ctx context.Context, s *source) *watcher { return &watcher{source: s, ctx: ctx} }

func (w *watcher) load() ([]string, error) { return w.source.tablets(w.ctx) }

func open(ctx context.Context, s *source) *watcher {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // step "."
	defer cancel()
	return newWatcher(ctx, s) // want "what newWatcher returns keeps a context that ends with this function"
}
