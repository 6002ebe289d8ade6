// Package ok_token drops tokens, which carry nothing (idioms B1, B7).
package ok_token

type health struct{ name string }

type watcher struct {
	changes chan struct{}
	dropped int
}

func newWatcher() *watcher { return &watcher{changes: make(chan struct{}, 1)} }

func (w *watcher) check(name string) {
	select {
	case w.changes <- struct{}{}:
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
