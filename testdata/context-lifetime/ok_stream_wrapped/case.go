// Package ok_stream_wrapped reads what it has wrapped to the end before the context is over, or leaves the end to the
// reader.
package ok_stream_wrapped

import (
	"context"
	"sync"
	"time"
)

type event struct{ at time.Time }

type eventStream interface {
	Recv() (*event, error)
	CloseSend() error
}

type client interface {
	Watch(ctx context.Context, name string) (eventStream, error)
}

type reader struct {
	in     eventStream
	cancel context.CancelFunc
}

func (r *reader) next() (*event, error) { return r.in.Recv() }

func (r *reader) close() { r.cancel() }

func open(ctx context.Context, c client) (*reader, error) {
	ctx, cancel := context.WithCancel(ctx)
	in, err := c.Watch(ctx, "events")
	if err != nil {
		cancel()
		return nil, err
	}
	return &reader{in, cancel}, nil
}

type history struct{ events []*event }

func load(ctx context.Context, c client) (*history, error) {
	r, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	defer r.close()
	read := func() (*event, error) { return r.next() }
	var all []*event
	for {
		one, err := read()
		if err != nil {
			return &history{all}, nil
		}
		all = append(all, one)
	}
}

func loaded(c client) (*history, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return load(ctx, c)
}

func loadAll(ctx context.Context, clients []client) (*history, error) {
	all, mu := &history{}, sync.Mutex{}
	var wg sync.WaitGroup
	for _, c := range clients {
		wg.Go(func() {
			for ctx.Err() == nil {
				found, err := load(ctx, c)
				if err != nil {
					return
				}
				mu.Lock()
				all.events = append(all.events, found.events...)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return all, ctx.Err()
}

func loadedAll(clients []client) (*history, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return loadAll(ctx, clients)
}
