// Package ok_counted counts what it drops (idiom B6).
package ok_counted

import "sync/atomic"

type health struct{ name string }

type watcher struct {
	changes chan *health
	dropped atomic.Int64
}

func newWatcher() *watcher { return &watcher{changes: make(chan *health, 2)} }

func (w *watcher) check(name string) {
	select {
	case w.changes <- &health{name}:
	default:
		w.dropped.Add(1)
	}
}

func (w *watcher) consume() {
	for change := range w.changes {
		_ = change
	}
}

func run(names []string) {
	w := newWatcher()
	for _, name := range names {
		go w.check(name)
	}
	w.consume()
}
