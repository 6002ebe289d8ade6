// Package own_context has loops of objects that keep a context from their beginning to their end.
package own_context

import (
	"context"
	"log"
	"time"
)

type store struct{}

func (s *store) fetch(ctx context.Context, name string) (string, error) {
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-time.After(time.Millisecond):
		return name, nil
	}
}

type keeper struct {
	ctx    context.Context
	cancel context.CancelFunc
	store  *store
	last   string
}

func newKeeper(parent context.Context) *keeper {
	k := &keeper{store: &store{}}
	k.ctx, k.cancel = context.WithCancel(parent)
	return k
}

func (k *keeper) close() { k.cancel() }

func (k *keeper) load(name string) {
	for {
		ctx, cancel := context.WithTimeout(k.ctx, time.Second)
		found, err := k.store.fetch(ctx, name)
		cancel()
		if err == nil {
			k.last = found
			return
		}
		time.Sleep(time.Second) // want `tries again for ever: it waits here and does not ask whether k.ctx is over`
	}
}

func (k *keeper) serve(names <-chan string) {
	for {
		select {
		case name := <-names:
			k.last = name
		case <-k.ctx.Done(): // want `when k.ctx is done this branch goes back to the loop`
			log.Print("closed")
		}
	}
}

func (k *keeper) follow(name string) {
	for {
		found, err := k.store.fetch(k.ctx, name) // want `fails at once when k.ctx is over, and the loop calls it again`
		if err != nil {
			log.Print(err)
			continue
		}
		log.Print(found)
	}
}

func (k *keeper) okLoad(name string) {
	for k.ctx.Err() == nil {
		found, err := k.store.fetch(k.ctx, name)
		if err == nil {
			k.last = found
			return
		}
		time.Sleep(time.Second)
	}
}

func (k *keeper) okServe(names <-chan string) {
	for {
		select {
		case name := <-names:
			k.last = name
		case <-k.ctx.Done():
			return
		}
	}
}

// okRestart is over with one context and goes on with another.
func (k *keeper) okRestart(names <-chan string) {
	for {
		select {
		case name := <-names:
			k.last = name
		case <-k.ctx.Done():
			k.ctx, k.cancel = context.WithCancel(context.Background())
		}
	}
}

// A forever has a context that nothing ends.
type forever struct {
	ctx   context.Context
	store *store
}

func newForever() *forever { return &forever{context.Background(), &store{}} }

func (f *forever) okLoad(name string) string {
	for {
		if found, err := f.store.fetch(f.ctx, name); err == nil {
			return found
		}
		time.Sleep(time.Second)
	}
}
