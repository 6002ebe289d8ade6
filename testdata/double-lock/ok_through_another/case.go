// Package ok_through_another goes on to the lock of another one of the same type: a tree has many nodes, and a buyer
// is not the seller.
package ok_through_another

import "sync"

type node struct {
	mu     sync.Mutex
	parent *node
	sum    int
}

func (n *node) add(by int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sum += by
	if n.parent != nil {
		n.parent.add(by)
	}
}

type account struct {
	mu   sync.Mutex
	deal *deal
	sum  int
}

type deal struct {
	buyer, seller *account
}

func (d *deal) sell(by int) {
	d.seller.mu.Lock()
	defer d.seller.mu.Unlock()
	d.seller.sum += by
}

func (a *account) buy(by int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sum -= by
	a.deal.sell(by)
}
