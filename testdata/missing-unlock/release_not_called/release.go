// Package release_not_called takes things together with the function that gives them back, and forgets to call it.
package release_not_called

import (
	"context"
	"sync"
)

type shelf struct {
	mu    sync.Mutex
	books map[string]*sync.RWMutex
}

func (s *shelf) read(title string) (done func()) {
	s.mu.Lock()
	book := s.books[title]
	if book == nil {
		book = new(sync.RWMutex)
		s.books[title] = book
	}
	s.mu.Unlock()
	book.RLock()
	return book.RUnlock
}

func (s *shelf) compare(left, right string) func() {
	first, second := s.read(left), s.read(right)
	return func() {
		second()
		first()
	}
}

func longest(s *shelf, titles []string, length func(string) (int, error)) int {
	most := 0
	for _, title := range titles {
		done := s.read(title) // want "what s.read has taken is not given back on a path on which longest goes round its loop"
		n, err := length(title)
		if err != nil {
			continue
		}
		most = max(most, n)
		done()
	}
	return most
}

func same(s *shelf, left, right string, equal func() (bool, error)) (bool, error) {
	done := s.compare(left, right) // want "what s.compare has taken is not given back on a path on which same returns"
	is, err := equal()
	if err != nil {
		return false, err // step "done has not been called"
	}
	done()
	return is, nil
}

type desk struct{ seats chan struct{} }

func (d *desk) sit(ctx context.Context) (stand func(), err error) {
	select {
	case d.seats <- struct{}{}:
		stand = func() { <-d.seats }
		return stand, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func write(ctx context.Context, d *desk, lines []string, put func(string)) error {
	stand, err := d.sit(ctx) // want "what d.sit has taken is not given back on a path on which write returns"
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return nil
	}
	defer stand()
	for _, line := range lines {
		put(line)
	}
	return nil
}
