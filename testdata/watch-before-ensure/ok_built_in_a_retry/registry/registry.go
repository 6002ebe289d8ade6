// Package registry keeps what services announce.
package registry

import (
	"context"
	"errors"
	"sync"
)

// ErrAbsent says that nobody has announced anything.
var ErrAbsent = errors.New("registry: absent")

// Quota is what a service may use.
type Quota struct{ Requests int }

// Client speaks to the registry.
type Client struct {
	mu     sync.Mutex
	quotas map[string]Quota
}

// GetQuota reads the quota of a service.
func (c *Client) GetQuota(ctx context.Context, service string) (Quota, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if quota, ok := c.quotas[service]; ok {
		return quota, ctx.Err()
	}
	return Quota{}, ErrAbsent
}

// WatchQuota gives the quota of a service, which must be there, and its changes.
func (c *Client) WatchQuota(ctx context.Context, service string) (<-chan Quota, error) {
	quota, err := c.GetQuota(ctx, service)
	if err != nil {
		return nil, err
	}
	changes := make(chan Quota, 1)
	changes <- quota
	return changes, nil
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
