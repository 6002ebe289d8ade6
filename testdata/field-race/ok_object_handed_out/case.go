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

type order struct {
	done  chan struct{}
	total int
	paid  bool
}

type shop struct {
	mu     sync.Mutex
	orders map[string]*order
	queue  chan *order
}

// buy waits for the till, which nobody watches meanwhile.
func (s *shop) buy(name string) int {
	o := &order{done: make(chan struct{})}
	s.mu.Lock()
	s.orders[name] = o
	s.mu.Unlock()
	s.queue <- o
	<-o.done
	return o.total
}

func (s *shop) till() {
	for o := range s.queue {
		o.total = 7
		s.mu.Lock()
		o.paid = true
		s.mu.Unlock()
		close(o.done)
	}
}

func (s *shop) isPaid(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.orders[name]
	return o != nil && o.paid
}
