// Package ok_registry_unlocks_first closes a connection under the mutex of one client,
// and nobody waits for that with another mutex in hand.
package ok_registry_unlocks_first

import (
	"net/http"
	"sync"
)

type client struct {
	mu   sync.Mutex
	name string
	http *http.Client
}

type registry struct {
	mu      sync.Mutex
	clients map[string]*client
}

func (c *client) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.say() // slow, but only for those who want this very client
	c.http = nil
}

func (c *client) say() {
	if answer, err := c.http.Post("http://"+c.name, "text/plain", nil); err == nil {
		_ = answer.Body.Close()
	}
}

func (c *client) connection() *http.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.http
}

func (r *registry) get(name string) *http.Client {
	r.mu.Lock()
	c := r.clients[name]
	r.mu.Unlock()
	if c == nil {
		return nil
	}
	return c.connection()
}

func (r *registry) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clients[name] = &client{name: name, http: &http.Client{}}
}

func (r *registry) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.clients)
}

func run() {
	r := &registry{clients: map[string]*client{}}
	r.add("a")
	c := r.clients["a"]
	go c.finish()
	_, _ = r.get("a"), r.size()
}
