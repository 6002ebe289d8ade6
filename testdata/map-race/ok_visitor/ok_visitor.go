// Package ok_visitor passes its callback to a visitor that runs it here and now (idiom C23).
package ok_visitor

import "slices"

type tree struct {
	name string
	kids []*tree
}

func (t *tree) walk(visit func(*tree)) {
	visit(t)
	for _, kid := range t.kids {
		kid.walk(visit)
	}
}

func ok(t *tree) map[string]int {
	seen := map[string]int{}
	t.walk(func(t *tree) { seen[t.name]++ })
	slices.SortFunc(t.kids, func(a, b *tree) int {
		seen[a.name]++
		return len(a.name) - len(b.name)
	})
	return seen
}
