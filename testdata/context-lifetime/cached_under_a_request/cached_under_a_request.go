// Package cached_under_a_request shares watches that end with the request which was the first to ask.
package cached_under_a_request

import (
	"context"
	"sync"
	"time"
)

type watch struct {
	ctx   context.Context
	polls chan string
}

func newWatch(ctx context.Context, path string) *watch {
	w := &watch{polls: make(chan string)}
	go w.poll(ctx, path)
	return w
}

func bound(ctx context.Context) *watch { return &watch{ctx: ctx} }

func (w *watch) poll(ctx context.Context, path string) {
	for {
		select {
		case w.polls <- path:
		case <-ctx.Done():
			return
		}
	}
}

type watches struct {
	life   context.Context
	start  func(ctx context.Context, path string) *watch
	mu     sync.Mutex
	byPath map[string]*watch
	bound  map[string]*watch
	own    map[string]*watch
	first  map[string]*watch
}

func newWatches(life context.Context) *watches {
	return &watches{life: life, start: newWatch}
}

func (w *watches) get(ctx context.Context, path string) *watch {
	w.mu.Lock()
	defer w.mu.Unlock()
	one := w.byPath[path]
	if one == nil {
		one = w.start(ctx, path) // want "what w.start returns is kept for others, but lives on the context of whoever asked for it first"
		w.byPath[path] = one
	}
	return one
}

func (w *watches) getBound(ctx context.Context, path string) *watch {
	w.mu.Lock()
	defer w.mu.Unlock()
	if one, ok := w.bound[path]; ok {
		return one
	}
	w.bound[path] = bound(ctx) // want "what bound returns is kept for others"
	return w.bound[path]
}

func (w *watches) getOwn(path string) *watch {
	w.mu.Lock()
	defer w.mu.Unlock()
	one := w.own[path]
	if one == nil {
		one = w.start(w.life, path)
		w.own[path] = one
	}
	return one
}

func (w *watches) getDetached(ctx context.Context, path string) *watch {
	one := w.first[path]
	if one == nil {
		one = newWatch(context.WithoutCancel(ctx), path)
		w.first[path] = one
	}
	return one
}

type server struct{ all *watches }

func (s *server) serve(ctx context.Context, path string) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // step "this ends it when the function returns"
	s.all.getBound(ctx, path) // step "which hands it down"
	s.all.getDetached(ctx, path)
	s.all.getOwn(path)
	return <-s.all.get(ctx, path).polls // step "which hands it down"
}

func once(ctx context.Context, path string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	all := newWatches(ctx)
	return <-all.getLocal(ctx, path).polls
}

func (w *watches) getLocal(ctx context.Context, path string) *watch {
	one := w.first[path]
	if one == nil {
		one = newWatch(ctx, path)
		w.first[path] = one
	}
	return one
}
