// Package ok_fills_the_buffer gives the lock back before it sends.
package ok_fills_the_buffer

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
	limit := m.limit
	m.mu.Unlock()
	if limit == 0 {
		return
	}
	m.records <- one
}

func (m *module) process() {
	for one := range m.records {
		m.mu.Lock()
		limit := m.limit
		m.mu.Unlock()
		m.worst = max(m.worst, min(one.seconds, limit))
	}
}
