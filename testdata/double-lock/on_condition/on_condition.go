// Package on_condition has locks that some ways to a call hold, and others do not.
package on_condition

import "sync"

type Ledger struct {
	mu      sync.Mutex
	entries map[string]int
	open    bool
}

// Post posts an entry, alone where it must be.
func (l *Ledger) Post(name string, alone bool) int {
	if alone {
		l.mu.Lock()
		defer l.mu.Unlock()
		if len(l.entries) > 0 {
			return 0
		}
	}
	return l.add(name) // want "l.mu is locked again while this goroutine holds it"
}

func (l *Ledger) add(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[name]++
	return l.entries[name]
}

// Close lists what is left, and gives the lock back under the same condition.
func (l *Ledger) Close(quiet bool) int {
	if !quiet {
		l.mu.Lock()
		l.open = false
	}
	left := l.count() // want "l.mu is locked again while this goroutine holds it"
	if !quiet {
		l.mu.Unlock()
	}
	return left
}

func (l *Ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}

// Move takes the lock where it can; the entry is removed under it all the same.
func (l *Ledger) Move(from, to string) {
	if l.mu.TryLock() {
		defer l.mu.Unlock()
	}
	l.remove(from) // want "l.mu is locked again while this goroutine holds it"
}

func (l *Ledger) remove(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.entries, name)
}

// Replace asks for the same twice: who has the lock does not come to drop.
func (l *Ledger) Replace(name string, alone bool) {
	if alone {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.entries[name] = 0
	}
	if !alone {
		l.drop(name)
	}
}

// Reset gives the lock back where it has taken it.
func (l *Ledger) Reset(name string, clear bool) {
	unlock := func() {}
	if clear {
		l.mu.Lock()
		unlock = l.mu.Unlock
	}
	l.open = true
	unlock()
	l.drop(name)
}

// ResetAll has each ledger's lock until it returns, and comes to drop without that one.
func ResetAll(ledgers []*Ledger, name string) {
	for _, l := range ledgers {
		if l.open {
			l.mu.Lock()
			defer l.mu.Unlock()
			continue
		}
		l.drop(name)
	}
}

func (l *Ledger) drop(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.entries, name)
}

type request struct{ wait bool }

// Serve tells audit whether it has the lock.
func (l *Ledger) Serve(r *request, name string) {
	if r.wait {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.entries[name] = 1
	}
	l.audit(name, r.wait)
}

// Check tells it the contrary.
func (l *Ledger) Check(r *request, name string) {
	if r.wait {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.entries[name] = 1
	}
	l.review(name, !r.wait) // want "l.mu is locked again while this goroutine holds it"
}

func (l *Ledger) audit(name string, locked bool) {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.entries[name]++
}

func (l *Ledger) review(name string, locked bool) {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.entries[name]--
}
