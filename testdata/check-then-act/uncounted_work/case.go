// Package uncounted_work has methods that are counted while they work, and one that is not.
package uncounted_work

import (
	"errors"
	"sync"
)

var errShut = errors.New("shut")

type shelf struct{ books map[string]int }

func (s *shelf) take(name string) int {
	s.books[name]--
	return s.books[name]
}

func (s *shelf) put(name string) { s.books[name]++ }

func (s *shelf) clear() { s.books = nil }

type library struct {
	mu      sync.RWMutex
	open    bool
	shelf   *shelf
	readers sync.WaitGroup
	visits  int
}

// lend is counted: close waits for it.
func (l *library) lend(name string) (int, error) {
	l.mu.RLock()
	if !l.open {
		l.mu.RUnlock()
		return 0, errShut
	}
	l.readers.Add(1) // step "is counted here"
	l.mu.RUnlock()
	defer func() { l.readers.Done() }()
	return l.shelf.take(name), nil
}

// accept is not.
func (l *library) accept(name string) error {
	l.mu.RLock()
	isOpen := l.open // want "library.accept tests open and works on when it has given the lock back, not counted in readers"
	l.mu.RUnlock()
	if !isOpen {
		return errShut
	}
	l.shelf.put(name)
	return nil
}

func (l *library) close() {
	l.mu.Lock()
	l.open = false
	l.mu.Unlock()
	l.readers.Wait()
	l.shelf.clear()
}

// count does nothing to the shelf.
func (l *library) count() error {
	l.mu.RLock()
	if !l.open {
		l.mu.RUnlock()
		return errShut
	}
	l.mu.RUnlock()
	l.visits++
	return nil
}
