// Package ok_lock_of_each_entry finds the entry under the outer lock and changes its map under the entry's own.
package ok_lock_of_each_entry

import "sync"

type entry struct {
	mu   sync.Mutex
	hits map[string]int
}

func (e *entry) hit(path string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.hits[path]++
}

type table struct {
	mu      sync.RWMutex
	entries map[string]*entry
}

func (t *table) entry(host string) *entry {
	t.mu.RLock()
	e := t.entries[host]
	t.mu.RUnlock()
	if e != nil {
		return e
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if e = t.entries[host]; e == nil {
		e = &entry{hits: map[string]int{}}
		t.entries[host] = e
	}
	return e
}

func ok(hosts []string) {
	t := &table{entries: map[string]*entry{}}
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Go(func() { t.entry(host).hit("/") })
	}
	wg.Wait()
}
