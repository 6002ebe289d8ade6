// Package ok_unlock_of_either returns the Unlock of an object that was there already, or was just made.
package ok_unlock_of_either

import (
	"context"
	"sync"
)

type held struct {
	mu  sync.Mutex
	gen int
}

type keeper struct {
	mu    sync.Mutex
	names map[string]*held
}

func (k *keeper) acquire(ctx context.Context, name string) (func(), error) {
	k.mu.Lock()
	h := k.names[name]
	if h == nil {
		h = &held{}
		k.names[name] = h
	}
	k.mu.Unlock()
	h.mu.Lock()
	if err := ctx.Err(); err != nil {
		h.mu.Unlock()
		return nil, err
	}
	h.gen++
	return h.mu.Unlock, nil
}

func use(ctx context.Context, k *keeper) error {
	release, err := k.acquire(ctx, "name")
	if err != nil {
		return err
	}
	defer release()
	return ctx.Err()
}
