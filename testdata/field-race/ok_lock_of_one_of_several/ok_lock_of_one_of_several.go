// Package ok_lock_of_one_of_several goes over what was copied from another list: each block has its own lock, whichever
// list it is told by.
package ok_lock_of_one_of_several

import (
	"sync"
	"time"
)

type cache struct{ written int }

type block struct {
	mu    sync.Mutex
	cache *cache
	timer *time.Timer
}

type store struct {
	mu     sync.RWMutex
	blocks []*block
}

// Lock should be held.
func (b *block) reset(after time.Duration) {
	if b.timer == nil {
		b.timer = time.AfterFunc(after, b.expire)
	} else {
		b.timer.Reset(after)
	}
}

func (b *block) expire() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expireLocked()
}

func (b *block) expireLocked() {
	b.cache.written = 0
	b.timer = nil
}

func (b *block) pendingLocked() int { return b.cache.written }

func (s *store) sync(after time.Duration) (pending int) {
	s.mu.RLock()
	blocks := append([]*block(nil), s.blocks...)
	s.mu.RUnlock()
	for _, b := range blocks {
		b.mu.Lock()
		pending += b.pendingLocked()
		b.reset(after)
		b.mu.Unlock()
	}
	return pending
}
