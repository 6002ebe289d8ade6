// Package iterator_feeds_workers sends from the body of a loop whose iterator holds a lock that the receiver takes.
package iterator_feeds_workers

import (
	"iter"
	"slices"
	"sync"
)

type parcel struct{ to string }

type depot struct {
	mu      sync.Mutex
	parcels []parcel
	sent    map[string]int
	out     chan parcel
}

func newDepot() *depot { return &depot{sent: map[string]int{}, out: make(chan parcel)} }

func (d *depot) waiting() iter.Seq[parcel] {
	return func(yield func(parcel) bool) {
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, p := range d.parcels {
			if !yield(p) {
				return
			}
		}
	}
}

func (d *depot) snapshot() iter.Seq[parcel] {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Values(slices.Clone(d.parcels))
}

func (d *depot) drive() {
	for p := range d.out {
		d.mu.Lock()
		d.sent[p.to]++
		d.mu.Unlock()
	}
}

func (d *depot) badLoad() {
	for p := range d.waiting() {
		d.out <- p // want "depot.mu"
	}
}

func (d *depot) okLoad() {
	for p := range d.snapshot() {
		d.out <- p
	}
}

func run() {
	d := newDepot()
	go d.drive()
	d.okLoad()
	d.badLoad()
	close(d.out)
}
