// Package recursive_read reads twice under one lock: a writer in between blocks both.
package recursive_read

import "sync"

type shelf struct {
	mu    sync.RWMutex
	books []string
}

func (s *shelf) Put(book string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books = append(s.books, book)
}

func (s *shelf) Len() int {
	s.mu.RLock() // step "for reading"
	defer s.mu.RUnlock()
	return len(s.books)
}

func (s *shelf) Last() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.Len() == 0 { // want "locked for reading again"
		return ""
	}
	return s.books[s.Len()-1] // a second way to the same place
}
