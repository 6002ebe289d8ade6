// Package proxy keeps to limits that an operator orders.
package proxy

import (
	"context"

	"govetpy.test/watch-before-ensure/ok_key_that_nobody_writes/kv"
)

const limitsKey, clientsKey = "proxy/limits", "proxy/clients"

// SetLimits is what an operator orders.
func SetLimits(ctx context.Context, store *kv.Store, limits string) error {
	return store.Put(ctx, limitsKey, limits)
}

// Proxy keeps to the limits.
type Proxy struct {
	Store  *kv.Store
	limits string
}

// Open takes over the limits.
func (p *Proxy) Open(ctx context.Context) error {
	changes, err := p.Store.Watch(ctx, clientsKey)
	if err != nil {
		return err
	}
	p.Store.WatchAll(limitsKey)
	p.limits = <-changes
	return nil
}
