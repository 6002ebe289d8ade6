// Package same_answer leaves a lock to a function that releases it, but on one way out nobody learns of that.
package same_answer

import (
	"errors"
	"sync"
)

var errFull = errors.New("full")

type shard struct {
	mu    sync.Mutex
	items map[string]int
	limit int
	seen  int
}

// put releases the lock.
func (s *shard) put(key string, n int) {
	s.items[key] = n
	s.mu.Unlock()
}

func (s *shard) set(key string, n int) error {
	s.mu.Lock()
	if s.limit > 0 && len(s.items) >= s.limit {
		s.mu.Unlock()
		return errFull
	}
	if _, ok := s.items[key]; ok {
		s.mu.Unlock()
		return nil
	}
	if n == 0 {
		s.seen++
		return nil // want "s.mu stays locked on a path on which shard.set returns"
	}
	s.put(key, n)
	return nil
}
