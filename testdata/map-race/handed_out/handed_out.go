// Package handed_out returns a map from under its lock: whoever goes through it does so without.
package handed_out

import "sync"

type tracker struct {
	mu     sync.Mutex
	tables map[string]int
	views  map[string]int
}

func newTracker() *tracker {
	return &tracker{tables: map[string]int{}, views: map[string]int{}}
}

func (t *tracker) all() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tables == nil {
		return nil
	}
	return t.tables // step "handed out by tracker.all, which gives handed_out.tracker.mu back"
}

func (t *tracker) update(name string, size int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tables[name] = size
}

func (t *tracker) remove(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.tables, name)
}

func total(t *tracker) int {
	n := 0
	tables := t.all()
	for _, size := range tables { // want "map handed_out.tracker.tables is read without handed_out.tracker.mu"
		n += size
	}
	return n
}

func (t *tracker) allViews() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.views
}

// replaceViews never writes a map that somebody may have got.
func (t *tracker) replaceViews(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	views := map[string]int{name: 1}
	for known, size := range t.views {
		views[known] = size
	}
	t.views = views
}

func totalViews(t *tracker) int {
	n := 0
	for _, size := range t.allViews() {
		n += size
	}
	return n
}

func first(one, other map[string]int, swapped bool) int {
	if swapped {
		one, other = other, one
	}
	return one["a"] - other["b"]
}
