// Package through_helpers takes and releases the lock in methods of its own, and forgets the second on an error.
package through_helpers

import (
	"errors"
	"sync"
)

type table struct {
	mu   sync.Mutex
	rows int
}

func (t *table) enter() { t.mu.Lock() }
func (t *table) leave() { t.mu.Unlock() }

func (t *table) insert(n int) error {
	t.enter()
	if n < 0 {
		return errors.New("negative") // want "t.enter stays locked|t.mu stays locked"
	}
	t.rows += n
	t.leave()
	return nil
}
