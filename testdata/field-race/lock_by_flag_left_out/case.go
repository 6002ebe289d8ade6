// Package lock_by_flag_left_out says in a goroutine that it has the lock, and has not.
package lock_by_flag_left_out

import "sync"

type ledger struct {
	mu    sync.Mutex
	total int
}

func (l *ledger) add(n int, locked bool) {
	if !locked {
		l.mu.Lock()
	}
	l.total += n // want "field l.total is written by several goroutines at once"
	if !locked {
		l.mu.Unlock()
	}
}

func run(n int) *ledger {
	l := &ledger{}
	l.add(1, false)
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() { // step "starts a goroutine"
			defer wg.Done()
			l.add(2, true)
		}()
	}
	wg.Wait()
	return l
}
