// Package proxy keeps to limits that an operator orders.
package proxy

import (
	"context"

	"govetpy.test/watch-before-ensure/built_for_a_flag/kv"
)

const limitsKey = "proxy/limits"

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
	changes, err := p.Store.Watch(ctx, limitsKey) // want "Proxy.Open comes to a watch of proxy.limitsKey through p.Store.Watch, but nothing before builds"
	if err != nil {
		return err
	}
	p.limits = <-changes
	return nil
}
