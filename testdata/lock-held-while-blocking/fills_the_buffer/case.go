// Package fills_the_buffer sends under the lock that the only receiver takes between two values: once the buffer is
// full, both wait.
package fills_the_buffer

import "sync"

type lag struct{ seconds int }

type module struct {
	mu      sync.Mutex
	limit   int
	records chan lag
	worst   int
}

func newModule() *module {
	m := &module{limit: 5, records: make(chan lag, 10)}
	go m.process()
	return m
}

func (m *module) record(one lag) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.limit == 0 {
		return
	}
	m.records <- one // want "mu is held while module.record waits for m.records, but module.process needs"
}

func (m *module) process() {
	for one := range m.records {
		m.mu.Lock()
		limit := m.limit
		m.mu.Unlock()
		m.worst = max(m.worst, min(one.seconds, limit))
	}
}
