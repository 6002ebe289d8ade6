// Package late_callback ends a goroutine without waiting for it, which may then still call what the caller has given.
package late_callback

import (
	"context"
	"sync"
	"time"
)

type update struct{ version int }

type relay struct {
	deliver func(update) error
	in      chan update
	parts   sync.WaitGroup
	failed  error
}

func (r *relay) pump(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	deliver := func(u update) error {
		return r.deliver(u) // want "r.deliver may still be called when its caller is gone"
	}
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-r.in:
			if err := deliver(u); err != nil {
				return
			}
		case <-tick.C:
			if err := deliver(update{}); err != nil {
				return
			}
		}
	}
}

func (r *relay) part(ctx context.Context, version int) {
	defer r.parts.Done()
	select {
	case r.in <- update{version}:
	case <-ctx.Done():
	}
}

// run waits for the parts, not for the pump.
func (r *relay) run(ctx context.Context, parts int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go r.pump(ctx)
	for at := range parts {
		r.parts.Add(1)
		go r.part(ctx, at)
	}
	r.parts.Wait()
	return r.failed
}

func Watch(ctx context.Context, parts int, deliver func(update) error) error {
	r := &relay{deliver: deliver, in: make(chan update)}
	return r.run(ctx, parts)
}

func WatchFor(ctx context.Context, parts int, to sink) error {
	r := &relay{deliver: to.Deliver, in: make(chan update)}
	return r.run(ctx, parts)
}

type sink interface{ Deliver(u update) error }

type answers interface {
	Send(u *update) error
	Context() context.Context
}

// Serve answers from a literal.
func Serve(to answers, updates <-chan update, until <-chan struct{}) error {
	ctx, cancel := context.WithCancel(to.Context())
	defer cancel()
	go func() {
		for {
			select {
			case u := <-updates:
				_ = to.Send(&u) // want "to.Send may still be called when its caller is gone"
			case <-ctx.Done():
				return
			}
		}
	}()
	<-until
	return nil
}

func report(ctx context.Context, every time.Duration, progress func(time.Time) error) {
	for {
		select {
		case at := <-time.After(every):
			_ = progress(at) // want "progress may still be called when its caller is gone"
		case <-ctx.Done():
			return
		}
	}
}

// Copy says how far it is while it works.
func Copy(ctx context.Context, work func(context.Context) error, progress func(time.Time) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go report(ctx, time.Second, progress)
	return work(ctx)
}
