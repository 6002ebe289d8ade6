// Package taken_out_for_goroutine_perhaps replaces a map only sometimes, while a goroutine works through it.
package taken_out_for_goroutine_perhaps

import "sync"

type listener struct {
	mu    sync.Mutex
	conns map[int]bool
}

func (l *listener) accept(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns[id] = true // want "map l.conns is written while another goroutine may read it"
}

func (l *listener) stop(renew bool, drained chan<- int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	conns := l.conns
	if renew {
		l.conns = map[int]bool{}
	}
	go func() {
		count := 0
		for range conns { // step "reads conns"
			count++
		}
		drained <- count
	}()
}
