// Package monitor closes a pool under the mutex that a borrower takes before it gives its connection back.
package monitor

import (
	"sync"

	"vitess.io/vitess/go/pools/smartconnpool"
)

type connections struct{ *smartconnpool.ConnPool }

func (c *connections) Get() *smartconnpool.Pooled { return c.ConnPool.Get() }

type monitor struct {
	mu      sync.Mutex
	pool    *connections
	other   *connections
	blocked bool
}

func (m *monitor) write() {
	conn := m.pool.Get()
	defer conn.Recycle() // step "only after that gives back conn"
	if conn.Conn != nil {
		m.setBlocked(false) // step "calls m.setBlocked"
	}
}

func (m *monitor) writeAside() {
	conn := m.other.Get()
	if conn.Conn == nil {
		m.setBlocked(true)
	}
	conn.Recycle()
}

func (m *monitor) look() {
	m.setBlocked(true)
	conn := m.pool.Get()
	conn.Recycle()
	m.setBlocked(false)
}

func (m *monitor) setBlocked(blocked bool) {
	m.mu.Lock() // step "waits for monitor.monitor.mu"
	defer m.mu.Unlock()
	m.blocked = blocked
}

func (m *monitor) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pool.Close() // want "monitor.mu is held while monitor.close waits for m.pool, but monitor.write needs"
}

func run() {
	m := &monitor{}
	go m.write()
	go m.writeAside()
	go m.look()
	m.close()
}
