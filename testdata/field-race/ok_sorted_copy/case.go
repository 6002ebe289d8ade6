// Package ok_sorted_copy sorts a copy, or under the lock for writing.
package ok_sorted_copy

import (
	"slices"
	"sort"
	"sync"
)

type roster struct {
	mu    sync.RWMutex
	names []string
}

func (r *roster) sorted() []string {
	r.mu.RLock()
	names := slices.Clone(r.names)
	r.mu.RUnlock()
	sort.Strings(names)
	return names
}

func (r *roster) sort() {
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.Sort(r.names)
}

func serve(r *roster, requests int) {
	var wg sync.WaitGroup
	for range requests {
		wg.Go(func() {
			r.sorted()
			r.sort()
		})
	}
	wg.Wait()
}
