// Package ok_callers_lock takes the lock in all callers, two calls above the access (idioms C1, C2).
package ok_callers_lock

import "sync"

type state struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *state) add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.update(key)
}

func (s *state) drop(key string) {
	s.mu.Lock()
	delete(s.items, key)
	s.mu.Unlock()
}

func (s *state) update(key string) { s.putLocked(key, len(key)) }

func (s *state) putLocked(key string, n int) { s.items[key] = n }

func ok(keys []string) {
	s := &state{items: map[string]int{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.add(key)
			s.drop(key)
		}()
	}
	wg.Wait()
}
