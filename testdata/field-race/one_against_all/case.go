// Package one_against_all changes one entry of a table while a goroutine goes through all of them.
package one_against_all

import (
	"sync"
	"time"
)

type entry struct{ seen time.Time }

type table struct {
	mu      sync.Mutex
	entries map[string]*entry
}

func (t *table) sweep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, e := range t.entries {
		if time.Since(e.seen) > time.Hour { // step "reads e.seen"
			delete(t.entries, name)
		}
	}
}

func (t *table) get(name string) *entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.entries[name]
}

func run(names []string) {
	t := &table{entries: map[string]*entry{}}
	for _, name := range names {
		t.entries[name] = &entry{}
	}
	go t.sweep()
	for _, name := range names {
		t.entries[name].seen = time.Now() // want "field t.entries.*seen is written while another goroutine may read it"
	}
}
