// Package lock_of_another_object holds the lock of each item while it writes the map that the items share.
package lock_of_another_object

import "sync"

type item struct {
	mu   sync.Mutex
	name string
}

type index struct{ byName map[string]*item }

func (x *index) put(it *item) {
	it.mu.Lock()
	defer it.mu.Unlock()
	x.byName[it.name] = it // want "map x.byName is written by several goroutines at once"
}

func bad(items []*item) *index {
	x := &index{byName: map[string]*item{}}
	var wg sync.WaitGroup
	for _, it := range items {
		wg.Go(func() { x.put(it) }) // step "goroutine"
	}
	wg.Wait()
	return x
}
