// Package ok_early_unlock gives the lock back around the call that takes it.
package ok_early_unlock

import "sync"

type ledger struct {
	mu      sync.Mutex
	entries map[string]int
	remote  bool
}

func (l *ledger) get(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.entries[key]; !ok {
		l.mu.Unlock()
		l.fill(key)
		l.mu.Lock()
	}
	return l.entries[key]
}

func (l *ledger) fill(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[key] = len(key)
}

// refresh is called with the lock held and gives it back while it fetches.
func (l *ledger) refresh(key string) {
	l.mu.Unlock()
	defer l.mu.Lock()
	l.fill(key)
}

func (l *ledger) fresh(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refresh(key)
	return l.entries[key]
}

// settle is called with the lock held where the ledger is remote.
func (l *ledger) settle() {
	if l.remote {
		l.refresh("all")
	}
}

func (l *ledger) size() int {
	if l.remote {
		return 0
	}
	l.settle()
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}
