// Package registry_unlocked changes the registry without its lock, in the goroutines of entries.
package registry_unlocked

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

func (r *registry) remove(id int) { delete(r.entries, id) } // want "map r.entries is written"

func (c *channel) trace() *trace { return &c.seen }

func (c *channel) drop() { all.remove(c.id) }

func (t *trace) expire(e entry, done *sync.WaitGroup) {
	done.Add(1)
	go func() {
		defer done.Done()
		e.drop()
	}()
}

func serve(rounds int, done *sync.WaitGroup) {
	for id := range rounds {
		e := register(id)
		e.trace().expire(e, done)
	}
}
