// Package ok_panics takes a full channel for a defect (idiom B10).
package ok_panics

type health struct{ name string }

type watcher struct {
	changes chan *health
	dropped int
}

func newWatcher() *watcher { return &watcher{changes: make(chan *health, 2)} }

func (w *watcher) check(name string) {
	select {
	case w.changes <- &health{name}:
	default:
		panic("full")
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
