// Package cancelled_with_its_object ends the context that an object keeps, and takes leave under it.
package cancelled_with_its_object

import (
	"context"
	"time"
)

type Remote interface {
	Register(ctx context.Context, name string) error
	Release(ctx context.Context, name string) error
}

type Lease struct {
	name   string
	ctx    context.Context
	cancel context.CancelFunc
}

type Broker struct{ remote Remote }

func (b *Broker) Take(ctx context.Context, name string) (Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	if err := b.remote.Register(ctx, name); err != nil {
		cancel()
		return Lease{}, err
	}
	return Lease{name: name, ctx: ctx, cancel: cancel}, nil
}

func (b *Broker) Give(lease Lease) error {
	if lease.cancel != nil {
		lease.cancel() // step "the context is over on this way"
	}
	return b.remote.Release(lease.ctx, lease.name) // want "b.remote.Release waits under a context that is over here"
}

func (b *Broker) GiveLater(lease *Lease) {
	ctx := lease.ctx
	lease.cancel()
	defer b.remote.Release(ctx, lease.name) // want "b.remote.Release waits under a context that is over here"
}

// GiveFirst releases before the end.
func (b *Broker) GiveFirst(lease Lease) error {
	err := b.remote.Release(lease.ctx, lease.name)
	lease.cancel()
	return err
}

// Swap ends one and releases another.
func (b *Broker) Swap(old, last Lease) error {
	old.cancel()
	return b.remote.Release(last.ctx, last.name)
}

// Renew puts a new context in the place of the one that is over.
func (b *Broker) Renew(ctx context.Context, lease *Lease) error {
	lease.cancel()
	lease.ctx, lease.cancel = context.WithTimeout(ctx, time.Minute)
	return b.remote.Register(lease.ctx, lease.name)
}

// RenewBy has a function do so.
func (b *Broker) RenewBy(ctx context.Context, lease *Lease) error {
	lease.cancel()
	extend(ctx, lease)
	return b.remote.Register(lease.ctx, lease.name)
}

func extend(ctx context.Context, lease *Lease) {
	lease.ctx, lease.cancel = context.WithTimeout(ctx, time.Hour)
}

// GiveUp ends it on one way only.
func (b *Broker) GiveUp(lease Lease, now bool) error {
	if now {
		lease.cancel()
	}
	return b.remote.Release(lease.ctx, lease.name)
}
