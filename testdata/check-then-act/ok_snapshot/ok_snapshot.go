// Package ok_snapshot reads under the lock to report, and sets what does not depend on it.
package ok_snapshot

import (
	"fmt"
	"sync"
)

type Meter struct {
	mu    sync.Mutex
	total float64
	last  float64
}

func (m *Meter) Report(v float64) string {
	m.mu.Lock()
	total := m.total
	m.mu.Unlock()
	text := fmt.Sprint(total)
	m.mu.Lock()
	m.total = v
	m.last = total
	m.mu.Unlock()
	return text
}

func (m *Meter) Add(v float64) {
	m.mu.Lock()
	m.total += v
	m.mu.Unlock()
}
