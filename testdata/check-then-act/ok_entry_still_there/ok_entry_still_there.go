// Package ok_entry_still_there uses entries of a map that nobody has deleted, or looks again.
package ok_entry_still_there

import "sync"

type line struct{ calls int }

type exchange struct {
	mu    sync.Mutex
	named map[string]*line
	kept  map[string]*line
	next  int
	byID  map[int]*line
}

// dial looks again.
func (x *exchange) dial(name string) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, ok := x.named[name]; !ok {
		x.named[name] = &line{}
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		if one, ok := x.named[name]; ok {
			one.calls++
			x.named[name].calls--
			delete(x.named, name)
		}
	}
}

// enter has an entry of its own, which it alone deletes.
func (x *exchange) enter() func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.next++
	id := x.next
	x.byID[id] = &line{}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.byID[id].calls++
		delete(x.byID, id)
	}
}

// keep uses an entry that stays.
func (x *exchange) keep(name string) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.kept[name] == nil {
		x.kept[name] = &line{}
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.kept[name].calls++
	}
}

// hold uses what it has found.
func (x *exchange) hold(name string) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	one := x.named[name]
	if one == nil {
		return func() {}
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		one.calls++
	}
}

// fill puts one there if it is gone.
func (x *exchange) fill(name string) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, ok := x.named[name]; ok {
		return nil
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.named[name] = &line{}
		x.named[name].calls++
	}
}

// again looks after the gap.
func (x *exchange) again(name string, ring func()) {
	x.mu.Lock()
	_, ok := x.named[name]
	x.mu.Unlock()
	ring()
	x.mu.Lock()
	defer x.mu.Unlock()
	if ok && x.named[name] != nil {
		x.named[name].calls++
	}
}

// Remove forgets a name.
func (x *exchange) Remove(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.named, name)
}
