// Package element_kept locks one of many cells, by one variable, and forgets it on a way out.
package element_kept

import "sync"

type cell struct {
	mu    sync.Mutex
	value int
}

type grid struct{ cells map[string]*cell }

func (g *grid) take(name string) (int, bool) {
	c, ok := g.cells[name]
	if !ok {
		return 0, false
	}
	c.mu.Lock()
	if c.value == 0 {
		return 0, false // want "c.mu stays locked on a path on which grid.take returns"
	}
	value := c.value
	c.value = 0
	c.mu.Unlock()
	return value, true
}

func (g *grid) move(from, to string) {
	a, b := g.cells[from], g.cells[to]
	a.mu.Lock()
	value := a.value
	a.mu.Unlock()
	b.mu.Lock()
	b.value += value
	b.mu.Unlock()
}

func (g *grid) frozen(then func()) {
	for _, c := range g.cells {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	then()
}
