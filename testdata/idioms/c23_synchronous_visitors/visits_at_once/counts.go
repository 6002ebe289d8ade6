// Package visits_at_once looks like a walk, but the walker visits the children of a node on goroutines of their own.
package visits_at_once

import "sync"

type node interface{ children() []node }

type leaf string

func (leaf) children() []node { return nil }

type branch []node

func (b branch) children() []node { return b }

func walk(visit func(node) bool, nodes ...node) {
	var wg sync.WaitGroup
	for _, n := range nodes {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			if visit(n) {
				walk(visit, n.children()...)
			}
		}()
	}
	wg.Wait()
}

func names(tree node) map[string]bool {
	found := make(map[string]bool)
	walk(func(n node) bool {
		if name, isLeaf := n.(leaf); isLeaf {
			found[string(name)] = true // want "map found is written by several goroutines at once"
		}
		return true
	}, tree)
	return found
}

func run() { names(branch{leaf("a"), branch{leaf("b"), leaf("c")}}) }
