// Package shards visits shards in parallel.
package shards

import "sync"

// Shards is a set of shards.
type Shards struct{ Names []string }

// Each calls visit for all shards at once and waits.
func (s *Shards) Each(visit func(name string)) {
	var wg sync.WaitGroup
	for _, name := range s.Names {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			visit(name)
		}()
	}
	wg.Wait()
}
