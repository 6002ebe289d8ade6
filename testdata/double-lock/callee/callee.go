// Package callee calls a method that locks from one that has locked.
package callee

import "sync"

type ledger struct {
	mu      sync.Mutex
	entries map[string]int
}

func (l *ledger) Get(key string) int {
	l.mu.Lock() // step "takes l.mu"
	defer l.mu.Unlock()
	if _, ok := l.entries[key]; !ok {
		l.fill(key) // want "l.mu is locked again while this goroutine holds it .in ledger.Get."
	}
	return l.entries[key]
}

func (l *ledger) fill(key string) {
	l.mu.Lock() // step "takes l.mu"
	defer l.mu.Unlock()
	l.entries[key] = len(key)
}
