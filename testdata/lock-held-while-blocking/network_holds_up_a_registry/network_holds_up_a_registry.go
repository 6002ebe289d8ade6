// Package network_holds_up_a_registry closes a connection under the mutex of one client,
// for which the registry of all clients waits with its own mutex in hand.
package network_holds_up_a_registry

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
	c.say() // want "client.mu is held while client.finish waits for the network in c.say; registry.get holds .*registry.mu while it comes to it"
	c.http = nil
}

func (c *client) say() {
	if answer, err := c.http.Post("http://"+c.name, "text/plain", nil); err == nil { // step "waits for the network"
		_ = answer.Body.Close()
	}
}

func (c *client) connection() *http.Client {
	c.mu.Lock() // step "waits for network_holds_up_a_registry.client.mu"
	defer c.mu.Unlock()
	return c.http
}

func (c *client) rename(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = name
}

func (r *registry) get(name string) *http.Client {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[name]
	if c == nil {
		return nil
	}
	return c.connection() // step "holds network_holds_up_a_registry.registry.mu here"
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
	c.rename("b")
	_, _ = r.get("a"), r.size()
}
