// Package ok_taken_out_for_goroutine replaces a map under its lock, and a goroutine works through the old one.
package ok_taken_out_for_goroutine

import "sync"

type listener struct {
	mu    sync.Mutex
	conns map[int]bool
}

func (l *listener) accept(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns[id] = true
}

func (l *listener) stop(renew bool, drained chan<- int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	conns := l.conns
	l.conns = map[int]bool{}
	if renew {
		l.conns[0] = true
	}
	go func() {
		count := 0
		for range conns {
			count++
		}
		drained <- count
	}()
}
