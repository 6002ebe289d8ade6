// Package deleted_in_reader deletes from a map with the lock for reading, in the function itself and in one that a
// helper runs.
package deleted_in_reader

import "sync"

type table struct {
	mu   sync.RWMutex
	rows map[int]string
}

func (t *table) reading(fn func(rows map[int]string)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	fn(t.rows)
}

func (t *table) put(n int, row string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[n] = row
}

func (t *table) has(n int) (found bool) {
	t.reading(func(rows map[int]string) { _, found = rows[n] })
	return found
}

func (t *table) drop(n int) {
	t.reading(func(map[int]string) {
		delete(t.rows, n) // want "map t.rows is written while deleted_in_reader.table.mu is held for reading only"
	})
}

func (t *table) empty() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	clear(t.rows) // want "map t.rows is written while t.mu is held for reading only"
}
