// Package ok_counted_work counts whoever works, or lets him work under the lock.
package ok_counted_work

import (
	"errors"
	"sync"
)

var errShut = errors.New("shut")

type oven struct{ pans map[string]int }

func (o *oven) bake(name string) int {
	o.pans[name]++
	return o.pans[name]
}

func (o *oven) cool() { o.pans = nil }

type bakery struct {
	mu   sync.Mutex
	open bool
	oven *oven
	busy sync.WaitGroup
}

func (b *bakery) bread() (int, error) {
	b.mu.Lock()
	if !b.open {
		b.mu.Unlock()
		return 0, errShut
	}
	b.busy.Add(1)
	b.mu.Unlock()
	defer b.busy.Done()
	return b.oven.bake("bread") + b.extra(), nil
}

// extra runs while bread is counted.
func (b *bakery) extra() int {
	b.mu.Lock()
	if !b.open {
		b.mu.Unlock()
		return 0
	}
	b.mu.Unlock()
	return b.oven.bake("extra")
}

// cake keeps the lock.
func (b *bakery) cake() (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.open {
		return 0, errShut
	}
	return b.oven.bake("cake"), nil
}

// roll has a method that counts it in.
func (b *bakery) roll() (int, error) {
	if err := b.enter(); err != nil {
		return 0, err
	}
	defer b.busy.Done()
	b.mu.Lock()
	if !b.open {
		b.mu.Unlock()
		return 0, errShut
	}
	b.mu.Unlock()
	return b.oven.bake("roll"), nil
}

func (b *bakery) enter() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.open {
		return errShut
	}
	b.busy.Add(1)
	return nil
}

func (b *bakery) close() {
	b.mu.Lock()
	b.open = false
	b.mu.Unlock()
	b.busy.Wait()
	b.oven.cool()
}

func day(o *oven) {
	b := &bakery{oven: o, open: true}
	go func() { _, _ = b.bread() }()
	b.close()
}
