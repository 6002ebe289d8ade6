// Package ok_runs_before_unlock writes in a deferred function that was registered after the unlock: it runs before it.
package ok_runs_before_unlock

import "sync"

type monitor struct {
	mu      sync.Mutex
	tablets map[string]string
	healthy map[string][]string
}

func (m *monitor) remove(tablet string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kind, found := m.tablets[tablet]
	if !found {
		return
	}
	defer func() {
		if kind == "primary" {
			m.healthy[kind] = nil
			return
		}
		m.recompute(kind)
	}()
	delete(m.tablets, tablet)
}

func (m *monitor) recompute(kind string) {
	var left []string
	for tablet, its := range m.tablets {
		if its == kind {
			left = append(left, tablet)
		}
	}
	m.healthy[kind] = left
}

func run() {
	m := &monitor{tablets: map[string]string{"a": "primary", "b": "replica", "c": "replica"}, healthy: map[string][]string{}}
	var wg sync.WaitGroup
	for _, tablet := range []string{"a", "b", "c", "d"} {
		wg.Go(func() { m.remove(tablet) })
	}
	wg.Wait()
}
