// Package atomic_and_copy counts atomically and hands out plain copies of the counters.
package atomic_and_copy

import (
	"sync"
	"sync/atomic"
)

type counters struct {
	hits   int64
	misses int64
}

type store struct {
	stats counters
}

func (s *store) lookup() {
	atomic.AddInt64(&s.stats.hits, 1) // want "field s.stats.hits is written while another goroutine may read it, with no common lock"
}

func (s *store) snapshot() counters {
	return s.stats // step "reads s.stats.hits without a lock"
}

func serve(rounds int) counters {
	s := &store{}
	var wg sync.WaitGroup
	for range rounds {
		wg.Go(s.lookup)
	}
	early := s.snapshot()
	wg.Wait()
	return early
}
