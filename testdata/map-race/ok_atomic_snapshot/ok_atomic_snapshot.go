// Package ok_atomic_snapshot copies, changes the copy and publishes it through an atomic pointer (idiom C11).
package ok_atomic_snapshot

import (
	"maps"
	"sync"
	"sync/atomic"
)

type table struct {
	mu   sync.Mutex
	rows atomic.Pointer[map[string]int]
}

func newTable() *table {
	t := &table{}
	t.rows.Store(&map[string]int{})
	return t
}

func (t *table) get(key string) int { return (*t.rows.Load())[key] }

func (t *table) set(key string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := maps.Clone(*t.rows.Load())
	next[key] = n
	t.rows.Store(&next)
}

func ok(keys []string) {
	t := newTable()
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.set(key, t.get(key)+1)
		}()
	}
	wg.Wait()
}
