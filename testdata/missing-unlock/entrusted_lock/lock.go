// Package entrusted_lock gets its entries locked, and skips one without unlocking it.
package entrusted_lock

import "sync"

type entry struct {
	sync.Mutex
	value int
	empty bool
}

type table struct{ entries []*entry }

func (t *table) get(at int) (*entry, bool) {
	e := t.entries[at]
	if e.TryLock() {
		return e, true
	}
	return nil, false
}

func done(e *entry) { e.Unlock() }

func (t *table) sum() (total int) {
	for at := range t.entries {
		e, mine := t.get(at) // want "e.Mutex stays locked on a path on which table.sum goes round its loop"
		if !mine {
			continue
		}
		if e.empty {
			continue
		}
		total += e.value
		done(e)
	}
	return total
}
