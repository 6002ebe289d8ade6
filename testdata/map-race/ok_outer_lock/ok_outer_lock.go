// Package ok_outer_lock guards the map of an inner type by the lock of the outer one (idiom C3).
package ok_outer_lock

import "sync"

type index struct{ byName map[string]int }

func (i *index) put(name string, n int) { i.byName[name] = n }

func (i *index) get(name string) int { return i.byName[name] }

type tracker struct {
	mu    sync.Mutex
	index *index
}

func (t *tracker) set(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.index.put(name, t.index.get(name)+1)
}

func ok(keys []string) {
	t := &tracker{index: &index{byName: map[string]int{}}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.set(key)
		}()
	}
	wg.Wait()
}
