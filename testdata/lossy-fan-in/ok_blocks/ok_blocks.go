// Package ok_blocks waits until there is room.
package ok_blocks

type health struct{ name string }

type watcher struct {
	changes chan *health
	dropped int
}

func newWatcher() *watcher { return &watcher{changes: make(chan *health, 2)} }

func (w *watcher) check(name string) {
	w.changes <- &health{name}
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
