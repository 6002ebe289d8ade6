// Package scatter_under_lock joins goroutines that take the lock of the function which started them, two calls up.
package scatter_under_lock

import "sync"

type store struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *store) rebuild(names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.counts)
	s.each(names) // want "store.mu is held while store.rebuild waits for wg, but func literal in store.each needs"
}

func (s *store) each(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.bump(name)
		}()
	}
	wg.Wait() // step "waits for wg"
}

func (s *store) bump(name string) {
	s.mu.Lock() // step "waits for scatter_under_lock.store.mu"
	defer s.mu.Unlock()
	s.counts[name]++
}

func run() {
	s := &store{counts: map[string]int{}}
	s.rebuild([]string{"a", "b"})
}
