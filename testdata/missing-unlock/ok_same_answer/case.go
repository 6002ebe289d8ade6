// Package ok_same_answer leaves a lock to a function that releases it, and to callers that learn of it.
package ok_same_answer

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
		s.mu.Unlock()
		return nil
	}
	s.put(key, n)
	return nil
}

// locked gives the lock to its caller, unless there is an error.
func (s *shard) locked() error {
	s.mu.Lock()
	if s.limit == 0 {
		s.mu.Unlock()
		return errFull
	}
	return nil
}

func (s *shard) reset() error {
	if err := s.locked(); err != nil {
		return err
	}
	clear(s.items)
	s.mu.Unlock()
	return nil
}
