// Package promoted_field reads a field of an embedded struct without the lock, by its short name.
package promoted_field

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
	c.hits++ // step "writes c.hits"
}

func (c *cache) figures() (int, int) {
	hits := c.hits // want "field c.hits is read while another goroutine may write it"
	c.Lock()
	defer c.Unlock()
	return hits, c.size
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

type meter struct{ active, bytes int64 }

type counting struct{ *meter }

func (c counting) read(n int64) { atomic.AddInt64(&c.bytes, n) }

type service struct{ meter meter }

func (s *service) enter() { atomic.AddInt64(&s.meter.active, 1) }

// status loads one of two, and reads the other.
func (s *service) status() (int64, int64) {
	return atomic.LoadInt64(&s.meter.active), s.meter.bytes // want "field promoted_field.meter.bytes is read without sync/atomic"
}
