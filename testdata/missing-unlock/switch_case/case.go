// Package switch_case forgets one case of a switch.
package switch_case

import "sync"

type state int

const (
	idle state = iota
	busy
	gone
)

type machine struct {
	mu sync.Mutex
	at state
}

func (m *machine) step() bool {
	m.mu.Lock()
	switch m.at {
	case idle:
		m.at = busy
		m.mu.Unlock()
		return true
	case gone:
		return false // want "m.mu stays locked on a path on which machine.step returns"
	}
	m.mu.Unlock()
	return false
}
