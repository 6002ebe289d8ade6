// case: min-confidence=medium

// Package ok_read_lock_of_table reads a table under its read lock, and writes entries under locks of their own.
package ok_read_lock_of_table

import "sync"

type entry struct {
	mu   sync.Mutex
	hits int
}

type table struct {
	mu      sync.RWMutex
	entries map[string]*entry
	scratch *entry
}

func (t *table) hit(name string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	e := t.entries[name]
	e.mu.Lock()
	defer e.mu.Unlock()
	e.hits++
}

func (t *table) copyOf(name string) *entry {
	t.mu.RLock()
	defer t.mu.RUnlock()
	fresh := &entry{}
	fresh.hits = len(t.entries[name].String())
	return fresh
}

func (e *entry) String() string { return "entry" }
