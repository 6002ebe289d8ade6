// Package proxy keeps to limits that an operator orders.
package proxy

import (
	"context"

	"govetpy.test/watch-before-ensure/path_of_a_store/kv"
)

func limitsPath(of string) string { return "limits/" + of }

// SetLimits is what an operator orders.
func SetLimits(ctx context.Context, store *kv.Store, limits string) error {
	return store.Put(ctx, limitsPath("proxy"), limits)
}

// Proxy keeps to the limits.
type Proxy struct {
	Store  *kv.Store
	limits string
}

// Open takes over the limits.
func (p *Proxy) Open(ctx context.Context) error {
	path := limitsPath("proxy")
	changes, err := p.Store.Watch(ctx, path) // want "comes to a watch of proxy.limitsPath"
	if err != nil {
		return err
	}
	p.limits = <-changes
	return nil
}
