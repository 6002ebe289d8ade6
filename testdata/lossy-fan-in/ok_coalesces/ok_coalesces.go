// Package ok_coalesces replaces the old value by the new one.
package ok_coalesces

type health struct{ name string }

type watcher struct {
	changes chan *health
	dropped int
}

func newWatcher() *watcher { return &watcher{changes: make(chan *health, 1)} }

func (w *watcher) check(name string) {
	for {
		select {
		case w.changes <- &health{name}:
			return
		default:
			<-w.changes
		}
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
