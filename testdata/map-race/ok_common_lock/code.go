// Package ok_common_lock guards every access with one lock.
package ok_common_lock

import "sync"

type set struct {
	mu   sync.Mutex
	keys map[string]bool
}

func (s *set) add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[key] = true
}

func okMethod(keys []string) int {
	s := &set{keys: map[string]bool{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.add(key)
		}()
	}
	wg.Wait()
	return len(s.keys)
}

func okClosure(keys []string) map[string]bool {
	seen := map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			seen[key] = true
			mu.Unlock()
		}()
	}
	wg.Wait()
	return seen
}
