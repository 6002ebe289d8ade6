// Package ok_unlocked_twice_by_callee lets readers in for a while, under the lock of the caller.
package ok_unlocked_twice_by_callee

import "sync"

type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *table) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for row := range t.rows {
		delete(t.rows, row)
		t.letReadersIn()
	}
}

func (t *table) letReadersIn() {
	t.mu.Unlock()
	t.mu.RLock()
	t.mu.RUnlock()
	t.mu.Lock()
}
