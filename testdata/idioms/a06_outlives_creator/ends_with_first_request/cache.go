// Package ends_with_first_request fills the entry that all requests share under the context of the first.
package ends_with_first_request

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

type client struct{ states chan string }

func (c *client) read(ctx context.Context) (string, error) {
	select {
	case state := <-c.states:
		return state, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

type health struct {
	mu   sync.Mutex
	last string
	err  error
}

func (h *health) set(state string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last, h.err = state, err
}

func (h *health) get() (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last, h.err
}

type cache struct {
	client *client

	mu      sync.Mutex
	entries map[string]*health
}

func (c *cache) serve(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	c.mu.Lock()
	defer c.mu.Unlock()
	h, found := c.entries[r.URL.Path]
	if found {
		state, err := h.get()
		fmt.Fprintln(w, state, err)
		return
	}
	h = &health{}
	c.entries[r.URL.Path] = h
	w.WriteHeader(http.StatusAccepted)
	go func() {
		h.set(c.client.read(ctx)) // want "nobody waits for this goroutine"
	}()
}

func register(mux *http.ServeMux, c *client) {
	mux.HandleFunc("/health/", (&cache{client: c, entries: map[string]*health{}}).serve)
}
