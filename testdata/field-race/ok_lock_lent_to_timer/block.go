// case: min-confidence=medium

// Package ok_lock_lent_to_timer starts a timer under its callers' lock; who restores a block has it for itself.
package ok_lock_lent_to_timer

import (
	"os"
	"sync"
	"time"
)

type block struct {
	mu    sync.Mutex
	timer *time.Timer
	data  []byte
}

func (b *block) keep() {
	if b.timer != nil {
		b.timer.Reset(time.Millisecond)
	} else {
		b.timer = time.AfterFunc(time.Millisecond, b.expire)
	}
}

func (b *block) expire() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.timer = nil
	b.data = nil
}

func (b *block) write(data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.data = append(b.data, data...)
	b.keep()
}

func restore(b *block, path string) error {
	_, err := os.Stat(path)
	if err == nil {
		b.keep()
	}
	return err
}
