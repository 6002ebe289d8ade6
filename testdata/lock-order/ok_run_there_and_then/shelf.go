// Package ok_run_there_and_then hands methods to what runs them at once: the lock of the caller is held.
package ok_run_there_and_then

import (
	"slices"
	"sync"
)

type shelf struct {
	gate  sync.Mutex
	one   sync.Mutex
	other sync.Mutex
	books []string
}

func (s *shelf) each(f func(book string)) {
	for _, book := range s.books {
		f(book)
	}
}

func (s *shelf) sorted() {
	s.gate.Lock()
	defer s.gate.Unlock()
	slices.SortFunc(s.books, s.compare)
}

func (s *shelf) read() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.each(s.open)
}

func (s *shelf) compare(a, b string) int {
	s.one.Lock()
	defer s.one.Unlock()
	s.other.Lock()
	defer s.other.Unlock()
	return len(a) - len(b)
}

func (s *shelf) open(book string) {
	s.other.Lock()
	defer s.other.Unlock()
	s.one.Lock()
	defer s.one.Unlock()
	s.books = append(s.books, book)
}
