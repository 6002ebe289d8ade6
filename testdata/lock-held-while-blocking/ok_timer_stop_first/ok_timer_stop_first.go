// Package ok_timer_stop_first stops a repeater before it takes the mutex, and others whose function needs none.
package ok_timer_stop_first

import (
	"sync"
	"time"
)

type message int

const (
	stop message = iota
	again
)

// repeater runs a function again and again on a goroutine of its own.
type repeater struct {
	mu      sync.Mutex
	running bool
	every   time.Duration
	inbox   chan message
}

func newRepeater(every time.Duration) *repeater {
	return &repeater{every: every, inbox: make(chan message)}
}

func (r *repeater) start(work func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.running {
		r.running = true
		go r.run(work)
	}
}

func (r *repeater) run(work func()) {
	for {
		select {
		case what := <-r.inbox:
			if what == stop {
				return
			}
		case <-time.After(r.every):
		}
		work()
	}
}

func (r *repeater) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running {
		r.running = false
		r.inbox <- stop
	}
}

type cache struct {
	mu     sync.Mutex
	ticks  *repeater
	other  *repeater
	loaded int
}

func newCache() *cache {
	return &cache{ticks: newRepeater(time.Second), other: newRepeater(time.Minute)}
}

func (c *cache) open() {
	c.ticks.start(c.refresh)
	c.other.start(func() {})
}

func (c *cache) refresh() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loaded++
}

func (c *cache) close() {
	c.ticks.stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loaded = 0
	c.other.stop()
	go c.ticks.stop()
}

func run() {
	c := newCache()
	c.open()
	c.close()
}
