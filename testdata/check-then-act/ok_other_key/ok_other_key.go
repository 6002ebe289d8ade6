// Package ok_other_key looks one entry up and stores another.
package ok_other_key

import "sync"

type node struct{ wake chan struct{} }

type Graph struct {
	mu    sync.Mutex
	nodes map[string]*node
}

func (g *Graph) Link(from, to string) {
	g.mu.Lock()
	known := g.nodes[from]
	g.mu.Unlock()
	if known == nil {
		return
	}
	made := &node{wake: make(chan struct{})}
	g.mu.Lock()
	g.nodes[to] = made
	g.mu.Unlock()
}

func (g *Graph) Drop(name string) {
	g.mu.Lock()
	delete(g.nodes, name)
	g.mu.Unlock()
}
