// Package ok_send_does_not_wait wakes a watcher if it is there to be woken.
package ok_send_does_not_wait

import (
	"context"
	"sync"
)

type table struct {
	mu    sync.Mutex
	names map[string]int
	woken chan struct{}
}

func (t *table) drop(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
	select {
	case t.woken <- struct{}{}:
	default:
	}
}

func (t *table) dropSlowly(ctx context.Context, name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
	select {
	case t.woken <- struct{}{}:
	case <-ctx.Done():
	}
}

func (t *table) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.woken:
			t.mu.Lock()
			t.names["seen"]++
			t.mu.Unlock()
		}
	}
}

func run(ctx context.Context) {
	t := &table{names: map[string]int{}, woken: make(chan struct{})}
	go t.watch(ctx)
	t.drop("a")
	t.dropSlowly(ctx, "b")
}
