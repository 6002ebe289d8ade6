// case: min-confidence=medium

// Package ok_lock_by_another_path locks the registry by an entry's field and changes it by the package's variable.
package ok_lock_by_another_path

import "sync"

type registry struct {
	mu      sync.Mutex
	entries map[int]entry
}

type entry interface {
	trace() *trace
	drop()
}

type trace struct{ home *registry }

type channel struct {
	id   int
	seen trace
}

var all = &registry{entries: map[int]entry{}}

func register(id int) entry {
	c := &channel{id: id, seen: trace{home: all}}
	all.add(c)
	return c
}

func (r *registry) add(c *channel) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries[c.id] = c
}

func (r *registry) remove(id int) { delete(r.entries, id) }

func (c *channel) trace() *trace { return &c.seen }

func (c *channel) drop() { all.remove(c.id) }

func (t *trace) expire(e entry, done *sync.WaitGroup) {
	done.Add(1)
	go func() {
		defer done.Done()
		t.home.mu.Lock()
		defer t.home.mu.Unlock()
		e.drop()
	}()
}

func serve(rounds int, done *sync.WaitGroup) {
	for id := range rounds {
		e := register(id)
		e.trace().expire(e, done)
	}
}
