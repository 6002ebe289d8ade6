// Package proxy keeps to limits that an operator orders.
package proxy

import (
	"context"
	"errors"
	"time"

	"govetpy.test/watch-before-ensure/ok_tried_again/kv"
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

// Open takes over the limits, as soon as there are some.
func (p *Proxy) Open(ctx context.Context) error {
	for {
		err := p.once(ctx)
		if !errors.Is(err, kv.ErrAbsent) {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (p *Proxy) once(ctx context.Context) error {
	changes, err := p.Store.Watch(ctx, limitsKey)
	if err != nil {
		return err
	}
	p.limits = <-changes
	return nil
}
