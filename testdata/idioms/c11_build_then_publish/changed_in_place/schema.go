// Package changed_in_place swaps whole maps under a lock, but one update changes the map that readers already have.
package changed_in_place

import "sync"

type manager struct {
	mu     sync.Mutex
	schema map[string]int
}

func (m *manager) current() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.schema
}

func (m *manager) rebuild(names []string) {
	schema := make(map[string]int, len(names))
	for i, name := range names {
		schema[name] = i
	}
	m.mu.Lock()
	m.schema = schema
	m.mu.Unlock()
}

func (m *manager) addView(name string) {
	m.current()[name] = -1 // want "is written"
}

func run() {
	m := &manager{schema: map[string]int{}}
	names := []string{"a", "b", "c"}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			m.rebuild(names)
			for range 20 {
				m.addView(name)
			}
		}()
	}
	wg.Wait()
}
