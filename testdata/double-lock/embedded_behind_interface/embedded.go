// Package embedded_behind_interface hands itself out under its lock, as an interface that an embedded struct implements.
package embedded_behind_interface

import "sync"

type counts struct {
	mu    sync.Mutex
	cells map[string]int
}

func (c *counts) Total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := 0
	for _, n := range c.cells {
		total += n
	}
	return total
}

type base struct{ counts }

type totals interface{ Total() int }

type display interface{ Show(name string, t totals) }

type screen struct{ text map[string]int }

func (s *screen) Show(name string, t totals) { s.text[name] = t.Total() }

type sheet struct {
	base
	name string
	out  display
}

func newSheet(name string) *sheet {
	return &sheet{name: name, out: &screen{text: map[string]int{}}, base: base{counts{cells: map[string]int{}}}}
}

func (s *sheet) show() { s.out.Show(s.name, s) }

func (s *sheet) Set(cell string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[cell] = n
	s.show() // want "is locked again while this goroutine holds it"
}

func (s *sheet) Clear() {
	s.mu.Lock()
	clear(s.cells)
	s.mu.Unlock()
	s.show()
}

func use() {
	s := newSheet("budget")
	s.Set("a1", 1)
	s.Clear()
}
