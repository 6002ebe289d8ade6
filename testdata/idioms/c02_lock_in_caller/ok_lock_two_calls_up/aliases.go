// Package ok_lock_two_calls_up fills a cache two calls below the functions that lock; only a comment says so.
package ok_lock_two_calls_up

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
	m.aliases[cell] = alias
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

func (m *monitor) remove(cell string) {
	m.mu.Lock()
	if m.included(cell) {
		delete(m.healthy, cell)
	}
	m.mu.Unlock()
}

func run() {
	m := &monitor{cell: "a", aliases: map[string]string{}, healthy: map[string]int{}}
	var wg sync.WaitGroup
	for _, cell := range []string{"a", "b", "c", "d"} {
		wg.Add(1)
		go func(cell string) {
			defer wg.Done()
			m.update(cell)
			m.remove(cell)
		}(cell)
	}
	wg.Wait()
}
