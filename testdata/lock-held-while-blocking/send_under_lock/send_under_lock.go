// Package send_under_lock wakes a watcher under the registry's mutex, which the watcher takes through an interface.
package send_under_lock

import (
	"context"
	"sync"
)

type registry interface {
	add(name string)
	wake() <-chan struct{}
}

type table struct {
	mu    sync.Mutex
	names map[string]int
	woken chan struct{}
}

func newTable() *table {
	return &table{names: map[string]int{}, woken: make(chan struct{})}
}

func (t *table) wake() <-chan struct{} { return t.woken }

func (t *table) add(name string) {
	t.mu.Lock() // step "waits for send_under_lock.table.mu"
	defer t.mu.Unlock()
	t.names[name]++
}

func (t *table) drop(name string) {
	t.mu.Lock() // step "takes send_under_lock.table.mu"
	defer t.mu.Unlock()
	delete(t.names, name)
	t.woken <- struct{}{} // want "table.mu is held while table.drop waits for t.woken"
}

type watcher struct{ into registry }

func (w *watcher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.into.wake(): // step "only after that receives from"
			w.load()
		}
	}
}

func (w *watcher) load() {
	w.into.add("a") // step "calls w.into.add"
}

func run(ctx context.Context) {
	t := newTable()
	w := &watcher{into: t}
	go w.run(ctx)
	t.drop("a")
}
