// Package lost_update computes a new total outside of the lock.
package lost_update

import (
	"sync"
	"time"
)

type Meter struct {
	mu    sync.Mutex
	total float64
}

func (m *Meter) Decay(factor func(float64) float64) {
	m.mu.Lock()
	total := m.total // step "tests m.total"
	m.mu.Unlock()
	time.Sleep(time.Millisecond)
	total = factor(total)
	m.mu.Lock()
	m.total = total // want "tests m.total and then sets .* update in between is lost"
	m.mu.Unlock()
}

func (m *Meter) Add(v float64) {
	m.mu.Lock()
	m.total += v // step "is set as well"
	m.mu.Unlock()
}
