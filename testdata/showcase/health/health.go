// Package health tells subscribers how the servers are.
package health

import (
	"sync"
	"time"
)

// Status is the state of one server.
type Status struct {
	Server  string
	Serving bool
}

// Check watches servers.
type Check struct {
	mu   sync.Mutex
	subs map[chan *Status]bool
}

// New gives a check without subscribers.
func New() *Check { return &Check{subs: map[chan *Status]bool{}} }

// Subscribe gives a channel on which every change of state arrives.
func (c *Check) Subscribe() chan *Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	sub := make(chan *Status, 2)
	c.subs[sub] = true
	return sub
}

// Add starts to watch a server.
func (c *Check) Add(server string) { go c.watch(server) }

func (c *Check) watch(server string) {
	for range time.Tick(time.Second) {
		c.broadcast(&Status{Server: server, Serving: true})
	}
}

func (c *Check) broadcast(status *Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for sub := range c.subs {
		select {
		case sub <- status:
		default:
		}
	}
}
