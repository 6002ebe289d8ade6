// Package two_fields has two locks in one struct and two opinions about their order.
package two_fields

import "sync"

type manager struct {
	mu       sync.Mutex
	streamMu sync.Mutex
	rows     int
	running  bool
}

func (m *manager) poll() {
	m.streamMu.Lock()
	defer m.streamMu.Unlock()
	m.mu.Lock() // want "m.mu is taken while m.streamMu is held"
	defer m.mu.Unlock()
	m.rows++
}

func (m *manager) unsubscribe() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rows == 0 {
		m.stop()
	}
}

func (m *manager) shutdown() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stop() // step "calls manager.stop"
}

func (m *manager) stop() {
	m.streamMu.Lock()
	defer m.streamMu.Unlock()
	m.running = false
}
