// Package early_return returns an error between Lock and Unlock.
package early_return

import (
	"errors"
	"sync"
)

type store struct {
	mu	 sync.Mutex
	closed bool
	items  []string
}

func (s *store) put(item string) error {
	s.mu.Lock() // step "s.mu is taken"
	if s.closed { // step "the condition holds"
		return errors.New("closed") // want "s.mu stays locked on a path on which store.put returns"
	}
	s.items = append(s.items, item)
	s.mu.Unlock() // step "other paths release it here"
	return nil
}
