// Package carried_by_a_request sends a request that carries a context of its own.
package carried_by_a_request

import (
	"context"
	"net/http"
	"time"
)

type client struct {
	url  string
	http http.Client
}

func (c *client) store(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, nil)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	answer, err := c.http.Do(request.WithContext(limited)) // want "request.WithContext waits under a fresh context"
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func (c *client) fetch(ctx context.Context) error {
	request, err := http.NewRequest(http.MethodGet, c.url, nil)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := c.http.Do(request.WithContext(limited))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func both(ctx context.Context, c *client) error {
	if err := c.fetch(ctx); err != nil {
		return err
	}
	return c.store(ctx)
}
