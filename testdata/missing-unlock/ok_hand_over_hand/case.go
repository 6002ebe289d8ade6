// Package ok_hand_over_hand walks a list with one lock taken before the last one is released.
package ok_hand_over_hand

import "sync"

type node struct {
	mu   sync.Mutex
	next *node
	key  int
}

func (n *node) find(key int) *node {
	n.mu.Lock()
	for n.next != nil && n.key != key {
		next := n.next
		next.mu.Lock()
		n.mu.Unlock()
		n = next
	}
	n.mu.Unlock()
	return n
}
