// Package ok_behind_atomic changes copies, under compare-and-swap or a lock, or what has a lock of its own.
package ok_behind_atomic

import (
	"maps"
	"sync"
	"sync/atomic"
)

type state struct {
	epoch int
	seen  map[string]bool
}

type counter struct {
	mu   sync.Mutex
	hits int
}

type node struct {
	mu      sync.Mutex
	current atomic.Pointer[state]
	counter atomic.Pointer[counter]
}

func newNode() *node {
	n := &node{}
	first := &state{seen: map[string]bool{}}
	first.epoch = 1
	n.current.Store(first)
	n.counter.Store(&counter{})
	return n
}

func (n *node) bump() {
	for {
		old := n.current.Load()
		next := *old
		next.epoch++
		if n.current.CompareAndSwap(old, &next) {
			return
		}
	}
}

func (n *node) see(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	old := n.current.Load()
	next := &state{epoch: old.epoch, seen: maps.Clone(old.seen)}
	next.seen[name] = true
	n.current.Store(next)
}

func (n *node) hit() {
	c := n.counter.Load()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits++
}

func (n *node) epoch() (int, bool) {
	now := n.current.Load()
	return now.epoch, now.seen["a"]
}

func run(each int) {
	n := newNode()
	done := make(chan struct{})
	for range each {
		go func() {
			n.bump()
			n.see("a")
			n.hit()
			n.epoch()
			done <- struct{}{}
		}()
	}
	for range each {
		<-done
	}
}
