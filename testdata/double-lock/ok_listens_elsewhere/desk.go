// Package ok_listens_elsewhere has listeners that pass on to another desk, ask later, or are told without the lock.
package ok_listens_elsewhere

import "sync"

type listener interface{ priced(item string, price int) }

type desk struct {
	mu     sync.Mutex
	prices map[string]int
	ears   []listener
}

func (d *desk) listen(ear listener) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ears = append(d.ears, ear)
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
	for _, ear := range d.ears {
		ear.priced(item, price)
	}
}

type copier struct{ to *desk }

func copyTo(from, to *desk) { from.listen(&copier{to: to}) }

func (c *copier) priced(item string, price int) {
	if c.to.price(item) != price {
		c.to.set(item, price)
	}
}

type later struct{ of *desk }

func newLater(of *desk) { of.listen(&later{of: of}) }

func (l *later) priced(item string, _ int) { go l.of.price(item) }

type stock struct {
	mu    sync.Mutex
	left  map[string]int
	watch []watcher
}

type watcher interface{ sold(item string) }

func (s *stock) add(one watcher) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = append(s.watch, one)
}

func (s *stock) count(item string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left[item]
}

func (s *stock) sell(item string) {
	s.mu.Lock()
	s.left[item]--
	watch := append([]watcher(nil), s.watch...)
	s.mu.Unlock()
	for _, one := range watch {
		one.sold(item)
	}
}

type orders struct{ from *stock }

func newOrders(from *stock) { from.add(&orders{from: from}) }

func (o *orders) sold(item string) { o.from.count(item) }

func open() *stock {
	east, west := &desk{prices: map[string]int{}}, &desk{prices: map[string]int{}}
	copyTo(east, west)
	newLater(east)
	s := &stock{left: map[string]int{}}
	newOrders(s)
	return s
}
