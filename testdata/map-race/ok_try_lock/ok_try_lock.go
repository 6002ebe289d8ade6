// Package ok_try_lock leaves when the lock is taken, and writes when it got it.
package ok_try_lock

import "sync"

type refresher struct {
	mu   sync.Mutex
	seen map[string]int
}

func (r *refresher) refresh(name string) bool {
	if !r.mu.TryLock() {
		return false
	}
	defer r.mu.Unlock()
	r.seen[name]++
	return true
}

func (r *refresher) poke(name string) {
	if r.mu.TryLock() {
		delete(r.seen, name)
		r.mu.Unlock()
	}
}

func ok(names []string) {
	r := &refresher{seen: map[string]int{}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.refresh(name)
			r.poke(name)
		}()
	}
	wg.Wait()
}
