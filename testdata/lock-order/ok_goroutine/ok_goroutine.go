// Package ok_goroutine takes the second lock on a goroutine that holds nothing.
package ok_goroutine

import "sync"

type index struct {
	mu    sync.Mutex
	store *store
}

type store struct {
	mu    sync.Mutex
	index *index
}

func (i *index) sync() {
	i.mu.Lock()
	defer i.mu.Unlock()
	go i.store.flush()
}

func (s *store) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index.touch()
}

func (i *index) touch() {
	i.mu.Lock()
	defer i.mu.Unlock()
}
