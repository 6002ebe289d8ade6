// Package runs_after_unlock writes in a deferred function that was registered before the unlock: it runs after it.
package runs_after_unlock

import "sync"

type monitor struct {
	mu      sync.Mutex
	tablets map[string]string
	healthy map[string][]string
}

func (m *monitor) remove(tablet string) {
	kind := "replica"
	defer func() {
		m.healthy[kind] = append(m.healthy[kind], tablet) // want "map m.healthy is written by several goroutines at once"
	}()
	m.mu.Lock()
	defer m.mu.Unlock()
	if its, found := m.tablets[tablet]; found {
		kind = its
	}
	delete(m.tablets, tablet)
}

func run() {
	m := &monitor{tablets: map[string]string{"a": "primary", "b": "replica", "c": "replica"}, healthy: map[string][]string{}}
	var wg sync.WaitGroup
	for _, tablet := range []string{"a", "b", "c", "d"} {
		wg.Go(func() { m.remove(tablet) })
	}
	wg.Wait()
}
