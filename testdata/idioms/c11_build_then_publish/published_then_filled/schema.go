// Package published_then_filled makes a new map, puts it in place under the lock, and fills it afterwards.
package published_then_filled

import (
	"fmt"
	"sync"
)

type manager struct {
	mu     sync.Mutex
	schema map[string]int
}

func (m *manager) rebuild(tables int) {
	schema := make(map[string]int, tables)
	m.mu.Lock()
	m.schema = schema
	m.mu.Unlock()
	for i := range tables {
		schema[fmt.Sprint(i)] = i // want "map schema is written"
	}
}

func (m *manager) find(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.schema[name] // step "reads m.schema"
}

func run() {
	m := &manager{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { m.rebuild(100) })
		wg.Go(func() {
			for range 100 {
				m.find("1")
			}
		})
	}
	wg.Wait()
}
