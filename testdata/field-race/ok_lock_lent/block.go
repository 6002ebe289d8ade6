// case: min-confidence=medium

// Package ok_lock_lent leaves the lock to the callers: one of them has the block for itself.
package ok_lock_lent

import (
	"os"
	"sync"
)

type block struct {
	mu    sync.Mutex
	path  string
	stop  chan bool
	ended chan bool
}

func (b *block) begin() {
	go b.loop()
}

func (b *block) loop() {
	defer close(b.ended)
	for {
		select {
		case <-b.stop:
			return
		default:
			b.mu.Lock()
			b.path += "x"
			b.mu.Unlock()
		}
	}
}

func (b *block) Close() {
	close(b.stop)
	<-b.ended
}

func (b *block) complaint() string { return "corrupt: " + b.path }

func (b *block) check() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.complaint()
}

func (b *block) verify() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.complaint() != ""
}

func inspect(b *block) string { return b.complaint() }

func open(b *block) {
	if _, err := os.Stat(b.path); err != nil {
		inspect(b)
	}
	b.begin()
}
