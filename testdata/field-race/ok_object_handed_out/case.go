// Package ok_object_handed_out returns objects that are replaced as a whole, or that have a lock of their own.
package ok_object_handed_out

import "sync"

type price struct {
	cents int
}

type list struct {
	mu     sync.Mutex
	prices map[string]*price
	stocks map[string]*stock
}

func (l *list) set(name string, cents int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := &price{}
	l.prices[name] = p
	p.cents = cents
	l.prices[name] = &price{cents: cents}
}

func (l *list) price(name string) *price {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.prices[name]
}

type stock struct {
	mu    sync.Mutex
	count int
}

func (l *list) stock(name string) *stock {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stocks[name]
}

func (l *list) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.stocks[name]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
}

func worth(l *list, name string) int {
	p, s := l.price(name), l.stock(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count * p.cents
}
