// Package through_back_pointer asks its store under the lock, which comes back for the same lock.
package through_back_pointer

import "sync"

type index struct {
	mu    sync.Mutex
	store *store
}

type store struct {
	mu    sync.Mutex
	index *index
}

func newIndex() *index {
	i := &index{store: &store{}}
	i.store.index = i
	return i
}

func (i *index) sync() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.store.flush() // want "i.mu is locked again while this goroutine holds it"
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
