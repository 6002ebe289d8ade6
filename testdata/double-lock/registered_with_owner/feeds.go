// Package registered_with_owner has subscribers that ask the feed back while it tells them something.
package registered_with_owner

import "sync"

type feed struct {
	mu    sync.Mutex
	ears  []func(int)
	total int
}

func (f *feed) subscribe(ear func(int)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ears = append(f.ears, ear)
}

func (f *feed) sum() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.total
}

func (f *feed) add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.total += n
	for _, ear := range f.ears {
		ear(n) // want "f.mu is locked again while this goroutine holds it"
	}
}

type gauge struct {
	of   *feed
	last int
}

func newGauge(of *feed) *gauge {
	g := &gauge{of: of}
	of.subscribe(g.changed)
	return g
}

func (g *gauge) changed(int) { g.refresh() }

func (g *gauge) refresh() { g.last = g.of.sum() }

// Records are kept by key: the view asks for the one that it listens to.

type record struct {
	mu        sync.Mutex
	text      string
	listeners []func(string)
}

type records struct {
	mu    sync.Mutex
	byKey map[string]*record
}

func newRecords() *records { return &records{byKey: map[string]*record{}} }

func (r *records) record(key string) *record {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.byKey[key]
	if !ok {
		found = &record{}
		r.byKey[key] = found
	}
	return found
}

func (r *records) get(cell, name string) string {
	one := r.record(cell + name)
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.text
}

func (r *records) watch(cell, name string, tell func(string)) {
	one := r.record(cell + name)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.listeners = append(one.listeners, tell)
}

func (r *records) set(cell, name, text string) {
	one := r.record(cell + name)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.text = text
	for _, tell := range one.listeners {
		tell(text) // want "one.mu is locked again while this goroutine holds it"
	}
}

type source interface {
	get(cell, name string) string
	watch(cell, name string, tell func(string))
}

type view struct {
	from       source
	cell, name string
	text       string
}

func newView(from source, cell, name string) *view {
	v := &view{from: from, cell: cell, name: name}
	from.watch(cell, name, v.changed)
	return v
}

func (v *view) changed(string) { v.load() }

func (v *view) load() { v.text = v.from.get(v.cell, v.name) }

func run() *view { return newView(newRecords(), "a", "b") }
