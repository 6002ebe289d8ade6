// Package ok_same_member goes down a tree: two locks of one field, always the parent first.
package ok_same_member

import "sync"

type node struct {
	mu       sync.Mutex
	children []*node
	next     *node
	size     int
}

func (n *node) grow() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.size++
	for _, child := range n.children {
		child.grow()
	}
	if n.next != nil {
		n.next.mu.Lock()
		n.next.size++
		n.next.mu.Unlock()
	}
}
