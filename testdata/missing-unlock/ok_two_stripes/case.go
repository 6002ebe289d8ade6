// Package ok_two_stripes takes the lock of a second stripe while it holds that of the first.
package ok_two_stripes

import "sync"

type entry struct {
	home int
	dead bool
}

type table struct {
	locks []sync.RWMutex
	rows  []map[int]*entry
	homes []map[int]bool
}

// sweep visits the stripes in turn; the other one is another lock unless it is the same.
func (t *table) sweep() int {
	swept := 0
	for at := 0; at < len(t.locks); at++ {
		t.locks[at].Lock()
		for key, row := range t.rows[at] {
			if !row.dead {
				continue
			}
			home := row.home % len(t.locks)
			if at != home {
				t.locks[home].Lock()
			}
			delete(t.rows[at], key)
			delete(t.homes[home], key)
			swept++
			if at != home {
				t.locks[home].Unlock()
			}
		}
		t.locks[at].Unlock()
	}
	return swept
}
