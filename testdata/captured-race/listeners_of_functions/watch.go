// Package listeners_of_functions has a list of listeners behind an interface, functions among them.
package listeners_of_functions

import "sync"

type event struct {
	shard string
	term  int
}

type listener interface{ changed(event) }

type listenerFunc func(event)

func (f listenerFunc) changed(e event) { f(e) }

type watcher struct {
	listeners []listener
	group     sync.WaitGroup
}

func (w *watcher) listen(l listener) { w.listeners = append(w.listeners, l) }

func (w *watcher) start(cells []string) {
	for _, cell := range cells {
		w.group.Add(1)
		go w.watch(cell)
	}
}

func (w *watcher) watch(cell string) {
	defer w.group.Done()
	for term := range 100 {
		for _, l := range w.listeners {
			l.changed(event{cell, term})
		}
	}
}

func newest(cells []string) event {
	w := &watcher{}
	var last event
	w.listen(listenerFunc(func(e event) {
		if e.term > last.term {
			last = e // want "variable last is written by several goroutines"
		}
	}))
	w.start(cells)
	w.group.Wait()
	return last
}
