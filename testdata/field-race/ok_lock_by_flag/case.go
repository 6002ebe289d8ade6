// Package ok_lock_by_flag takes the lock unless its caller says that it has it.
package ok_lock_by_flag

import "sync"

type ledger struct {
	mu    sync.Mutex
	total int
	last  int
}

func (l *ledger) add(n int, locked bool) {
	if !locked {
		l.mu.Lock()
	}
	l.total += n
	l.note(n)
	if !locked {
		l.mu.Unlock()
	}
}

func (l *ledger) settle(n int, needLock bool) bool {
	lock := func() {
		if needLock {
			l.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			l.mu.Unlock()
		}
	}
	lock()
	if l.total < n {
		unlock()
		return false
	}
	l.total -= n
	l.note(-n)
	unlock()
	return true
}

func (l *ledger) note(n int) { l.last = n }

func (l *ledger) move(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.settle(n, false) {
		l.add(n, true)
	}
}

func (l *ledger) state() (int, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.total, l.last
}

func run(n int) *ledger {
	l := &ledger{}
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { l.add(2, false) })
		wg.Go(func() { l.settle(1, true) })
		wg.Go(func() { l.move(1) })
		wg.Go(func() { l.state() })
	}
	wg.Wait()
	return l
}
