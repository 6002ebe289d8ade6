// Package ticks counts time in a goroutine that the first user starts.
package ticks

import (
	"sync"
	"sync/atomic"
	"time"
)

var (
	ticks int64
	begin sync.Once
)

type client struct{ last int64 }

func start() {
	begin.Do(func() {
		ticks = 1
		go func() {
			for range time.Tick(time.Second) {
				atomic.AddInt64(&ticks, 1)
			}
		}()
	})
}

func newClient() *client {
	start()
	return &client{last: atomic.LoadInt64(&ticks)}
}

// Serve makes two clients: the second finds the goroutine running, and its own call of Do does nothing.
func Serve() (int64, int64) {
	first := newClient()
	second := newClient()
	return first.last, second.last
}
