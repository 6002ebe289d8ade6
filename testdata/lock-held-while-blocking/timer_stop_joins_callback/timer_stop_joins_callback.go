// Package timer_stop_joins_callback stops a repeater under the mutex that the repeated function takes.
package timer_stop_joins_callback

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
	c.ticks.start(c.refresh) // step "hands over cache.refresh"
	c.other.start(func() {})
}

func (c *cache) refresh() {
	c.reload() // step "calls c.reload"
}

func (c *cache) reload() {
	c.mu.Lock() // step "waits for timer_stop_joins_callback.cache.mu"
	defer c.mu.Unlock()
	c.loaded++
}

func (c *cache) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.other.stop()
	c.ticks.stop() // want "cache.mu is held while cache.close waits for r.inbox, but cache.refresh needs"
}

func run() {
	c := newCache()
	c.open()
	c.close()
}
