// Package wrong_one_of_two has two locks in one struct, each for a field of its own; a method takes the wrong one.
package wrong_one_of_two

import "sync"

type watcher struct {
	mu     sync.Mutex
	states map[string]int

	subsMu sync.Mutex
	subs   map[int]chan string
}

func (w *watcher) subscribe(id int) chan string {
	w.subsMu.Lock()
	defer w.subsMu.Unlock()
	c := make(chan string, 10)
	w.subs[id] = c // want "map w.subs is written while another goroutine may write it"
	return c
}

func (w *watcher) unsubscribe(id int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.subs, id) // step "writes w.subs"
}

func (w *watcher) set(name string, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.states[name] = n
}

func run() {
	w := &watcher{states: map[string]int{}, subs: map[int]chan string{}}
	var wg sync.WaitGroup
	for i, name := range []string{"a", "b", "c"} {
		wg.Go(func() {
			w.subscribe(i)
			w.set(name, i)
			w.unsubscribe(i)
		})
	}
	wg.Wait()
}
