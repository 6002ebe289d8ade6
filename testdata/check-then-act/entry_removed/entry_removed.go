// Package entry_removed looks an entry of a map up under a lock, and uses it under the lock later on, when it may have
// been deleted.
package entry_removed

import "sync"

type link interface{ Hangup() }

type line struct {
	calls int
	link  link
}

type lines map[string]*line

type exchange struct {
	mu    sync.Mutex
	kinds map[string]lines
	named map[string]*line
	links map[string]link
}

// dial gives away how to hang up, for a line that several callers may have.
func (x *exchange) dial(kind, name string, connect func() *line) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	of := x.kinds[kind]
	if _, ok := of[name]; !ok {
		of[name] = connect()
	}
	return func() { // want "tests of\\[name\\] and then uses it in two critical sections: another goroutine may have removed it in between"
		x.mu.Lock()
		defer x.mu.Unlock()
		of[name].link.Hangup()
		delete(of, name)
	}
}

// watch hands its literal on; others delete the entries.
func (x *exchange) watch(name string, later func(func())) {
	x.mu.Lock()
	if x.links[name] == nil {
		x.mu.Unlock()
		return
	}
	x.mu.Unlock()
	later(func() { // want "tests x.links\\[name\\] and then uses it in two critical sections"
		x.mu.Lock()
		x.links[name].Hangup()
		x.mu.Unlock()
	})
}

// count comes back to the entry itself.
func (x *exchange) count(name string, ring func()) {
	x.mu.Lock()
	_, ok := x.named[name]
	x.mu.Unlock()
	if !ok {
		return
	}
	ring()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.named[name].calls++ // want "tests x.named\\[name\\] and then uses it in two critical sections"
}

// Remove forgets a name.
func (x *exchange) Remove(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.named, name)
	delete(x.links, name)
}
