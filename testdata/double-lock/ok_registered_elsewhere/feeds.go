// Package ok_registered_elsewhere has subscribers that ask another feed, another record, or later.
package ok_registered_elsewhere

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

func (f *feed) add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.total += n
	for _, ear := range f.ears {
		ear(n)
	}
}

type relay struct{ to *feed }

func connect(from, to *feed) {
	r := &relay{to: to}
	from.subscribe(r.pass)
}

func (r *relay) pass(n int) { r.to.add(n) }

type echo struct{ of *feed }

func newEcho(of *feed) {
	e := &echo{of: of}
	of.subscribe(e.later)
}

func (e *echo) later(n int) {
	if n > 1 {
		go e.of.add(n - 1)
	}
}

type record struct {
	mu        sync.Mutex
	value     int
	listeners []func(int)
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

func (r *records) get(key string) int {
	one := r.record(key)
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.value
}

func (r *records) watch(key string, tell func(int)) {
	one := r.record(key)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.listeners = append(one.listeners, tell)
}

func (r *records) set(key string, value int) {
	one := r.record(key)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.value = value
	for _, tell := range one.listeners {
		tell(value)
	}
}

type sum struct {
	from  *records
	other string
	total int
}

func newSum(from *records, one, other string) *sum {
	s := &sum{from: from, other: other}
	from.watch(one, s.changed)
	return s
}

func (s *sum) changed(value int) { s.total = value + s.from.get(s.other) }
