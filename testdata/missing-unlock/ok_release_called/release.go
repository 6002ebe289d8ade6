// Package ok_release_called calls, defers or keeps the functions that give back what was taken.
package ok_release_called

import (
	"context"
	"sync"
)

type shelf struct {
	mu    sync.Mutex
	books map[string]*sync.RWMutex
}

func (s *shelf) read(title string) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.books[title]
	book.RLock()
	return book.RUnlock
}

func longest(s *shelf, titles []string, length func(string) (int, error)) int {
	most := 0
	for _, title := range titles {
		done := s.read(title)
		n, err := length(title)
		done()
		if err != nil {
			continue
		}
		most = max(most, n)
	}
	return most
}

func all(s *shelf, titles []string, use func() error) error {
	var open []func()
	defer func() {
		for _, done := range open {
			done()
		}
	}()
	for _, title := range titles {
		open = append(open, s.read(title))
	}
	return use()
}

type desk struct{ seats chan struct{} }

func (d *desk) sit(ctx context.Context) (func(), error) {
	select {
	case d.seats <- struct{}{}:
		return func() { <-d.seats }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type reader struct{ stand func() }

func open(ctx context.Context, d *desk) (*reader, error) {
	stand, err := d.sit(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{stand: stand}, nil
}

func (r *reader) Close() { r.stand() }

func inBackground(ctx context.Context, d *desk, work func()) error {
	stand, err := d.sit(ctx)
	if err != nil {
		return err
	}
	go func() {
		defer stand()
		work()
	}()
	return nil
}

// counter hands out a function that gives nothing back: callers may leave it alone.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) next() func() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return func() int {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.n
	}
}

func count(c *counter, is func() bool) int {
	total := c.next()
	if is() {
		return 0
	}
	return total()
}
