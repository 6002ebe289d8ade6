// Package locked_on_one_path takes the lock only on the slow path.
package locked_on_one_path

import "sync"

type set struct {
	mu   sync.Mutex
	keys map[string]bool
}

func (s *set) add(key string, fast bool) {
	if !fast {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.keys[key] = true // want "map s.keys is written by several goroutines at once"
}

func bad(keys []string) {
	s := &set{keys: map[string]bool{}}
	var wg sync.WaitGroup
	for i, key := range keys {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			s.add(key, i%2 == 0)
		}()
	}
	wg.Wait()
}
