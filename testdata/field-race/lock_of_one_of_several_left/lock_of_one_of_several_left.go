// Package lock_of_one_of_several_left looks at a block when it has let the lock go again, while its timer may write.
package lock_of_one_of_several_left

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

func (b *block) pending() int { return b.cache.written } // want "field b.cache.written is read while another goroutine may write it, with no common lock"

func (s *store) sync(after time.Duration) (pending int) {
	s.mu.RLock()
	blocks := append([]*block(nil), s.blocks...)
	s.mu.RUnlock()
	for _, b := range blocks {
		b.mu.Lock()
		b.reset(after)
		b.mu.Unlock()
		pending += b.pending()
	}
	return pending
}
