package release_not_called

import "sync"

func (s *shelf) lend(title string) func() {
	book := s.books[title]
	book.RLock()
	done := sync.OnceFunc(func() { book.RUnlock() })
	giveBack := done
	return giveBack
}

func first(s *shelf, title string, look func() bool) bool {
	done := s.lend(title) // want "what s.lend has taken is not given back on a path on which first returns"
	if !look() {
		return false
	}
	done()
	return true
}
