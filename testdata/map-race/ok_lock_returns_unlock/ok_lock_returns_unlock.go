// Package ok_lock_returns_unlock locks through a method that returns the unlock function.
package ok_lock_returns_unlock

import "sync"

type set struct {
	mu   sync.Mutex
	keys map[string]bool
}

func (s *set) lock() (unlock func()) {
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *set) add(key string) {
	defer s.lock()()
	s.keys[key] = true
}

func (s *set) remove(key string) {
	unlock := s.lock()
	delete(s.keys, key)
	unlock()
}

func ok(keys []string) {
	s := &set{keys: map[string]bool{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.add(key)
			s.remove(key)
		}()
	}
	wg.Wait()
}
