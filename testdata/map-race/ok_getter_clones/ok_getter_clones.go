// Package ok_getter_clones hands out clones of what the lock guards; the caller may change them (idiom C10).
package ok_getter_clones

import (
	"maps"
	"sync"
)

type tablet struct {
	name string
	tags map[string]string
}

func (t *tablet) clone() *tablet {
	if t == nil {
		return nil
	}
	return &tablet{name: t.name, tags: maps.Clone(t.tags)}
}

type manager struct {
	mu      sync.Mutex
	current *tablet
}

func (m *manager) tablet() *tablet {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.current.clone()
}

func (m *manager) tag(name, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.current.tags[name] = value
}

func ok(names []string) {
	m := &manager{current: &tablet{tags: map[string]string{}}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			m.tag(name, "x")
			own := m.tablet()
			own.tags["mine"] = name
		}()
	}
	wg.Wait()
}
