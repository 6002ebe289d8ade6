// Package element_of_each_round locks an element of a table in each round of a loop, by a variable of that round.
package element_of_each_round

import "sync"

type bucket struct {
	mu      sync.RWMutex
	entries map[string]int
	sealed  bool
}

type table struct {
	buckets [8]bucket
	named   map[string]*bucket
}

func (t *table) badTotal() (sum int) {
	for i := range t.buckets {
		b := &t.buckets[i]
		b.mu.RLock() // want "b.mu stays locked"
		if b.sealed {
			continue
		}
		sum += len(b.entries)
		b.mu.RUnlock()
	}
	return sum
}

func (t *table) badFind(key string) (int, bool) {
search:
	for i := range t.buckets {
		b := &t.buckets[i]
		b.mu.RLock() // want "b.mu stays locked"
		for name, value := range b.entries {
			if name == key {
				b.mu.RUnlock()
				return value, true
			}
			if value < 0 {
				continue search
			}
		}
		b.mu.RUnlock()
	}
	return 0, false
}

func (t *table) badRename(names []string) bool {
	for _, name := range names {
		b := t.named[name]
		b.mu.Lock()
		if b.sealed {
			return false // want "b.mu stays locked"
		}
		b.sealed = true
		b.mu.Unlock()
	}
	return true
}

func (t *table) okTotal() (sum int) {
	for i := range t.buckets {
		b := &t.buckets[i]
		b.mu.RLock()
		if !b.sealed {
			sum += len(b.entries)
		}
		b.mu.RUnlock()
	}
	return sum
}

// okAll takes all locks, and gives them back in the end.
func (t *table) okAll(key string) {
	for i := range t.buckets {
		b := &t.buckets[i]
		b.mu.Lock()
	}
	for i := range t.buckets {
		b := &t.buckets[i]
		delete(b.entries, key)
		b.mu.Unlock()
	}
}

// okUpTo gives back what it has taken when one of them is sealed.
func (t *table) okUpTo() bool {
	for i := range t.buckets {
		b := &t.buckets[i]
		b.mu.Lock()
		if b.sealed {
			for j := range i + 1 {
				t.buckets[j].mu.Unlock()
			}
			return false
		}
	}
	for i := range t.buckets {
		t.buckets[i].mu.Unlock()
	}
	return true
}
