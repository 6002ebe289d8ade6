// Package registered_if_open dials between a look and a registration; the registration only asks whether all is over.
package registered_if_open

import (
	"errors"
	"sync"
)

var errOver = errors.New("over")

type closer interface {
	comparable
	Close() error
}

type shelf[C closer] struct {
	mu    sync.RWMutex
	items map[string]C
	over  bool
}

func (s *shelf[C]) get(name string) (item C, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	item, ok = s.items[name]
	return item, ok
}

func (s *shelf[C]) put(name string, item C) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return errors.Join(errOver, item.Close())
	}
	s.items[name] = item
	return nil
}

func (s *shelf[C]) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
}

// Shop opens what it does not have.
type Shop[C closer] struct {
	shelf[C]
	open func(string) (C, error)
}

// Get opens an item at most once, or so it is meant.
func (s *Shop[C]) Get(name string) (C, error) {
	if item, ok := s.get(name); ok { // step "tests"
		return item, nil
	}
	item, err := s.open(name)
	if err != nil {
		return item, err
	}
	return item, s.put(name, item) // want "tests s.get.* and then calls s.put.*two goroutines may both create one"
}

// End takes no more.
func (s *Shop[C]) End() { s.end() }
