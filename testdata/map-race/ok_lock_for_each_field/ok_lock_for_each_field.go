// Package ok_lock_for_each_field has two locks in one struct, each for a field of its own (idiom C18).
package ok_lock_for_each_field

import "sync"

type watcher struct {
	mu    sync.Mutex
	state map[string]int

	subsMu sync.Mutex
	subs   map[int]func(string)
}

func (w *watcher) subscribe(id int, f func(string)) {
	w.subsMu.Lock()
	defer w.subsMu.Unlock()
	w.subs[id] = f
}

func (w *watcher) set(name string, n int) {
	w.mu.Lock()
	w.state[name] = n
	w.mu.Unlock()
	w.subsMu.Lock()
	defer w.subsMu.Unlock()
	for _, f := range w.subs {
		f(name)
	}
}

func ok(names []string) {
	w := &watcher{state: map[string]int{}, subs: map[int]func(string){}}
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			w.subscribe(i, func(string) {})
			w.set(name, i)
		})
	}
	wg.Wait()
}
