// Package ok_shared_by_callers makes things that others will use as well, under a context that is not the first caller's.
package ok_shared_by_callers

import (
	"context"
	"log"
	"sync"
)

type client struct{ answers chan error }

func newClient(ctx context.Context) (*client, error) {
	c := &client{answers: make(chan error)}
	select {
	case err := <-c.answers:
		return c, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends the client.
func (c *client) Close() { close(c.answers) }

func (c *client) stream(ctx context.Context, callback func(string) error) error {
	for {
		select {
		case err := <-c.answers:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type storage struct {
	mu     sync.Mutex
	client *client
}

func (s *storage) connect(ctx context.Context) (*client, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client == nil {
		c, err := newClient(context.Background())
		if err != nil {
			return nil, err
		}
		s.client = c
	}
	return s.client, nil
}

type health struct {
	ready chan struct{}
	once  sync.Once

	mu   sync.Mutex
	last string
	err  error
}

func (h *health) follow(ctx context.Context, c *client) error {
	return c.stream(ctx, func(state string) error {
		h.mu.Lock()
		h.last = state
		h.mu.Unlock()
		h.once.Do(func() { close(h.ready) })
		return nil
	})
}

func (h *health) result(ctx context.Context) (string, error) {
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-h.ready:
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last, h.err
}

type cache struct {
	client *client

	mu      sync.Mutex
	streams map[string]*health
}

func (c *cache) get(ctx context.Context, tablet string) (string, error) {
	c.mu.Lock()
	h, found := c.streams[tablet]
	if !found {
		h = &health{ready: make(chan struct{})}
		c.streams[tablet] = h
		go func() {
			if err := h.follow(context.Background(), c.client); err != nil {
				log.Print(err)
			}
			c.drop(tablet)
		}()
	}
	c.mu.Unlock()
	return h.result(ctx)
}

func (c *cache) drop(tablet string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.streams, tablet)
}

func run(ctx context.Context) (string, error) {
	s := &storage{}
	found, err := s.connect(ctx)
	if err != nil {
		return "", err
	}
	c := &cache{client: found, streams: map[string]*health{}}
	return c.get(ctx, "zone1-100")
}
