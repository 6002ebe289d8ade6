// Package ok_promoted_field reads fields of embedded structs with their lock, or with sync/atomic as all do.
package ok_promoted_field

import (
	"sync"
	"sync/atomic"
)

type counters struct{ hits, misses int }

type cache struct {
	sync.Mutex
	counters
	size int
}

func (c *cache) get() {
	c.Lock()
	defer c.Unlock()
	c.hits++
}

func (c *cache) figures() (int, int) {
	c.Lock()
	defer c.Unlock()
	return c.hits, c.size
}

func watch(rounds int) {
	c := &cache{}
	done := make(chan bool)
	go func() {
		for range rounds {
			c.figures()
		}
		close(done)
	}()
	for range rounds {
		c.get()
	}
	<-done
}

type meter struct {
	mu                    sync.Mutex
	active, bytes, closed int64
}

type counting struct{ *meter }

func (c counting) read(n int64) { atomic.AddInt64(&c.bytes, n) }

// stop is the only one that writes closed, under the lock.
func (m *meter) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	atomic.StoreInt64(&m.closed, 1)
}

// isClosed reads it under the lock.
func (m *meter) isClosed() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return atomic.LoadInt64(&m.active) == 0 && m.closed == 1
}

func (m *meter) status() (int64, int64) {
	return atomic.LoadInt64(&m.active), atomic.LoadInt64(&m.bytes)
}

// final asks an object of its own.
func final(n int64) (int64, int64) {
	m := &meter{}
	counting{m}.read(n)
	return atomic.LoadInt64(&m.active), m.bytes
}
