// Package ticks counts time in a goroutine that every user starts.
package ticks

import (
	"sync/atomic"
	"time"
)

var ticks int64

type client struct{ last int64 }

func start() {
	ticks = 1 // want "variable ticks is written while another goroutine may (read|write) it"
	go func() {
		for range time.Tick(time.Second) {
			atomic.AddInt64(&ticks, 1)
		}
	}()
}

func newClient() *client {
	start()
	return &client{last: atomic.LoadInt64(&ticks)}
}

// Serve makes two clients.
func Serve() (int64, int64) {
	first := newClient()
	second := newClient()
	return first.last, second.last
}
