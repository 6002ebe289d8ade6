// Package through_interface asks what is left and takes it, each under a lock of its own, behind an interface.
package through_interface

import (
	"errors"
	"sync"
)

type store interface {
	left(name string) int
	take(name string, n int)
	give(name string, n int)
}

type book struct {
	mu    sync.Mutex
	limit int
	used  map[string]int
}

func (b *book) left(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.limit - b.used[name]
}

func (b *book) take(name string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used[name] += n
}

func (b *book) give(name string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used[name] -= n
}

type gate struct {
	store store
}

func (g *gate) admit(name string, n int) error {
	if g.store.left(name) < n {
		return errors.New("nothing left")
	}
	g.store.take(name, n) // want "gate.admit tests g.store.left.* and then calls g.store.take"
	return nil
}

func run(names []string) {
	g := &gate{store: &book{limit: 10, used: map[string]int{}}}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() {
			if g.admit(name, 7) == nil {
				g.store.give(name, 7)
			}
		})
	}
	all.Wait()
}
