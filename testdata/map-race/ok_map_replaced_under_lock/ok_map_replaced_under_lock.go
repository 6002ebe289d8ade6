// Package ok_map_replaced_under_lock builds a new map without the lock and puts it in place under it (idiom C11).
package ok_map_replaced_under_lock

import "sync"

type manager struct {
	mu     sync.Mutex
	schema map[string]int
}

func (m *manager) rebuild(names []string) {
	schema := make(map[string]int, len(names))
	for i, name := range names {
		schema[name] = i
	}
	m.fill(schema)
	m.mu.Lock()
	m.schema = schema
	m.mu.Unlock()
}

func (m *manager) fill(schema map[string]int) { schema["dual"] = 0 }

func (m *manager) current() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.schema
}

func ok(names []string) {
	m := &manager{}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			m.rebuild(names)
			_ = m.current()[name]
			for range m.current() {
				continue
			}
		})
	}
	wg.Wait()
}
