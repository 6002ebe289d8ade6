// Package replaced_in_map starts anew what a map may have already, and forgets to end the old one.
package replaced_in_map

import "context"

type watch struct {
	revision int
	cancel   context.CancelFunc
}

type watcher struct {
	root    context.Context
	watches map[string]*watch
	run     func(ctx context.Context, path string)
}

func (w *watcher) begin(path string, revision int) {
	one, ok := w.watches[path]
	if !ok {
		one = &watch{}
		w.watches[path] = one
	}
	ctx, cancel := context.WithCancel(w.root) // want "watch.cancel is replaced without having been called, where the object has one already"
	one.revision = revision
	one.cancel = cancel // step "takes the place of the one that replaced_in_map.watch.cancel may have kept"
	go w.run(ctx, path)
}

func (w *watcher) renew(path string) {
	one := w.watches[path]
	if one == nil {
		one = &watch{}
		w.watches[path] = one
	}
	one.end()
	ctx, cancel := context.WithCancel(w.root)
	one.cancel = cancel
	go w.run(ctx, path)
}

func (w *watcher) beginOnce(path string) {
	one := w.watches[path]
	if one != nil {
		return
	}
	one = &watch{}
	ctx, cancel := context.WithCancel(w.root)
	one.cancel = cancel
	w.watches[path] = one
	go w.run(ctx, path)
}

func (o *watch) end() {
	if o.cancel != nil {
		o.cancel()
	}
}
