// Package sorted_in_place sorts what it only has the lock to read.
package sorted_in_place

import (
	"slices"
	"sort"
	"sync"
)

type roster struct {
	mu    sync.RWMutex
	names []string
	ranks []int
}

func (r *roster) sorted() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	sort.Strings(r.names) // want "slice r.names.* is written by several goroutines at once"
	return slices.Clone(r.names)
}

type descending []int

func (d descending) Len() int           { return len(d) }
func (d descending) Less(i, j int) bool { return d[i] > d[j] }
func (d descending) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }

func (r *roster) best() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	sort.Sort(descending(r.ranks)) // want "slice r.ranks.* is written by several goroutines at once"
	return r.ranks[0]
}

func serve(r *roster, requests int) {
	var wg sync.WaitGroup
	for range requests {
		wg.Go(func() {
			r.sorted()
			r.best()
		})
	}
	wg.Wait()
}
