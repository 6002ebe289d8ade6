// Package ok_large has room for a burst.
package ok_large

type health struct{ name string }

type watcher struct {
	changes chan *health
	dropped int
}

func newWatcher() *watcher { return &watcher{changes: make(chan *health, 2048)} }

func (w *watcher) check(name string) {
	select {
	case w.changes <- &health{name}:
	default:
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
