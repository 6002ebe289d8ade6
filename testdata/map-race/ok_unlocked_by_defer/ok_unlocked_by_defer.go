// Package ok_unlocked_by_defer writes in the deferred function that then lets go of the lock.
package ok_unlocked_by_defer

import "sync"

type engine struct {
	mu     sync.Mutex
	states map[string]int
}

func (e *engine) close(key string) {
	e.mu.Lock()
	defer func() {
		e.states[key] = 0
		e.mu.Unlock()
	}()
	if e.states[key] == 0 {
		return
	}
	e.states[key]--
}

func ok(keys []string) {
	e := &engine{states: map[string]int{"a": 2}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() { e.close(key) })
	}
	wg.Wait()
}
