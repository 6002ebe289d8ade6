// Package recursive_fan_out walks a tree with a goroutine for every child; all of them mark one map.
package recursive_fan_out

import "sync"

type node struct {
	name string
	kids []*node
}

type walker struct {
	wg      sync.WaitGroup
	visited map[string]bool
}

func (w *walker) walk(n *node) {
	defer w.wg.Done()
	w.visited[n.name] = true // want "map w.visited is written by several goroutines at once"
	for _, kid := range n.kids {
		w.wg.Add(1)
		go w.walk(kid) // step "goroutine"
	}
}

func bad(root *node) int {
	w := &walker{visited: map[string]bool{}}
	w.wg.Add(1)
	go w.walk(root)
	w.wg.Wait()
	return len(w.visited)
}
