// Package listens_by_interface tells its listeners under its lock; they ask back whom they listen to.
package listens_by_interface

import "sync"

type listener interface{ priced(item string) }

type desk struct {
	mu     sync.Mutex
	prices map[string]int
	ears   []listener
	byName map[string]listener
}

func newDesk() *desk { return &desk{prices: map[string]int{}, byName: map[string]listener{}} }

func (d *desk) listen(ear listener) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ears = append(d.ears, ear)
}

func (d *desk) listenAs(name string, ear listener) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byName[name] = ear
}

func (d *desk) price(item string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.prices[item]
}

func (d *desk) set(item string, price int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.prices[item] = price
	d.tell(item) // want "d.mu is locked again while this goroutine holds it"
}

func (d *desk) tell(item string) {
	for _, ear := range d.ears {
		ear.priced(item)
	}
}

func (d *desk) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for item := range d.prices {
		delete(d.prices, item)
		for _, ear := range d.byName {
			ear.priced(item)
		}
	}
}

type label struct {
	of    *desk
	shown int
}

func newLabel(of *desk) *label {
	l := &label{of: of}
	of.listen(l)
	return l
}

func (l *label) priced(item string) { l.show(item) }

func (l *label) show(item string) { l.shown = l.of.price(item) }

type counter struct{ n int }

func (c *counter) priced(string) { c.n++ }

func open() *desk {
	d := newDesk()
	newLabel(d)
	d.listenAs("count", &counter{})
	return d
}
