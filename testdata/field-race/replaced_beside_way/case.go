// Package replaced_beside_way drops an object without the lock that a goroutine takes on it.
package replaced_beside_way

import "sync"

type backend struct {
	mu    sync.Mutex
	nodes map[string]int
}

type conn struct{ backend *backend }

func (c *conn) watch(done <-chan struct{}) {
	go func() {
		<-done
		c.backend.mu.Lock() // step "c.backend"
		defer c.backend.mu.Unlock()
		c.backend.nodes["watch"]--
	}()
}

func (c *conn) close() {
	c.backend = nil // want "field c.backend is written while another goroutine may read it"
}
