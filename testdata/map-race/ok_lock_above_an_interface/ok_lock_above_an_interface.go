// Package ok_lock_above_an_interface holds the lock in the caller of an interface method, in all its callers (idiom C2).
package ok_lock_above_an_interface

import "sync"

type store interface{ put(key string) }

type memory struct{ keys map[string]int }

func (m *memory) put(key string) { m.bump(key, 1) }

func (m *memory) bump(key string, by int) { m.keys[key] += by }

type nothing struct{}

func (nothing) put(string) {}

type engine struct {
	mu    sync.Mutex
	store store
}

func (e *engine) add(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.store.put(key)
}

func (e *engine) addAll(keys []string) {
	e.mu.Lock()
	for _, key := range keys {
		e.store.put(key)
	}
	e.mu.Unlock()
}

func newEngine(dry bool) *engine {
	if dry {
		return &engine{store: nothing{}}
	}
	return &engine{store: &memory{keys: map[string]int{}}}
}

func ok(keys []string, dry bool) {
	e := newEngine(dry)
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			e.add(key)
			e.addAll(keys)
		}()
	}
	wg.Wait()
}
