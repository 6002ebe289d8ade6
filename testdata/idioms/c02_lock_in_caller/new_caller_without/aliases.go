// Package new_caller_without fills a cache below functions that lock, and below a newer one that does not.
package new_caller_without

import "sync"

type monitor struct {
	mu      sync.Mutex
	cell    string
	aliases map[string]string
	healthy map[string]int
}

// alias should only be called while mu is held.
func (m *monitor) alias(cell string) string {
	if alias, found := m.aliases[cell]; found {
		return alias
	}
	alias := "region-" + cell
	m.aliases[cell] = alias // want "map m.aliases is written"
	return alias
}

func (m *monitor) included(cell string) bool {
	return cell == m.cell || m.alias(cell) == m.alias(m.cell)
}

func (m *monitor) update(cell string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.included(cell) {
		m.healthy[cell]++
	}
}

func (m *monitor) wanted(cells []string) int {
	n := 0
	for _, cell := range cells {
		if m.included(cell) {
			n++
		}
	}
	return n
}

func run() {
	m := &monitor{cell: "a", aliases: map[string]string{}, healthy: map[string]int{}}
	cells := []string{"a", "b", "c", "d"}
	var wg sync.WaitGroup
	for _, cell := range cells {
		wg.Add(1)
		go func(cell string) {
			defer wg.Done()
			m.update(cell)
			m.wanted(cells)
		}(cell)
	}
	wg.Wait()
}
