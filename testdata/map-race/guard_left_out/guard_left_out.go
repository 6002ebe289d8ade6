// Package guard_left_out forgets the lock in one of the methods that use a guarded map.
package guard_left_out

import (
	"sync"
	"time"
)

type stats struct {
	mu      sync.Mutex
	queries map[string]int
}

func newStats() *stats { return &stats{queries: map[string]int{}} }

func (s *stats) add(query string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queries[query]++
}

func (s *stats) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.queries)
}

func (s *stats) total() int {
	sum := 0
	for _, n := range s.queries { // want "map .*stats.queries is read without .*stats.mu, which is held at 2 of 3 accesses"
		sum += n
	}
	return sum
}

var exported = newStats()

func export(stop chan bool) {
	for {
		select {
		case <-stop:
			return
		default:
			exported.total()
			time.Sleep(time.Microsecond)
		}
	}
}
