// Package subscribers tells subscribers of every change through small channels; a goroutine for every server does.
package subscribers

import "sync"

type health struct{ name string }

type watcher struct {
	mu   sync.Mutex
	subs map[chan *health]struct{}
}

func (w *watcher) subscribe() chan *health {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := make(chan *health, 2) // step "capacity 2"
	w.subs[c] = struct{}{}
	return c
}

func (w *watcher) broadcast(h *health) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.subs {
		select {
		case c <- h: // want "many goroutines send on c, which holds 2"
		default:
		}
	}
}

func (w *watcher) check(name string) {
	for range 100 {
		w.broadcast(&health{name})
	}
}

func (w *watcher) add(name string) {
	go w.check(name)
}

func run(names []string) {
	w := &watcher{subs: map[chan *health]struct{}{}}
	for _, name := range names {
		w.add(name)
	}
	for h := range w.subscribe() {
		_ = h.name
	}
}
