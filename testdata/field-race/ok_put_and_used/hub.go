// Package ok_put_and_used changes what it has put into a set under the lock of the set.
package ok_put_and_used

import (
	"sync"
	"time"
)

type client struct {
	name string
	last time.Time
}

type hub struct {
	mu      sync.Mutex
	clients map[*client]bool
	over    chan struct{}
	reaped  sync.WaitGroup
}

func newHub() *hub {
	h := &hub{clients: map[*client]bool{}, over: make(chan struct{})}
	h.reaped.Add(1)
	go h.reap()
	return h
}

func (h *hub) reap() {
	defer h.reaped.Done()
	for {
		select {
		case <-h.over:
			return
		case <-time.After(time.Microsecond):
		}
		h.mu.Lock()
		for c := range h.clients {
			if time.Since(c.last) > time.Minute {
				delete(h.clients, c)
			}
		}
		h.mu.Unlock()
	}
}

func (h *hub) Close() {
	close(h.over)
	h.reaped.Wait()
}

func (h *hub) follow(name string, messages <-chan string) int {
	c := &client{name: name, last: time.Now()}
	h.mu.Lock()
	h.clients[c] = true
	h.mu.Unlock()
	seen := 0
	for range messages {
		h.mu.Lock()
		c.last = time.Now()
		h.mu.Unlock()
		seen++
	}
	return seen
}

func run(rounds int) int {
	h := newHub()
	defer h.Close()
	messages := make(chan string)
	go func() {
		defer close(messages)
		for range rounds {
			messages <- "message"
			time.Sleep(time.Microsecond)
		}
	}()
	return h.follow("name", messages)
}
