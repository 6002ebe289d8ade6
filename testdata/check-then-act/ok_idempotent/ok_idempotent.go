// case: min-confidence=medium

// Package ok_idempotent sets a flag that nothing else depends on.
package ok_idempotent

import "sync/atomic"

type Probe struct {
	unsupported atomic.Bool
}

func (p *Probe) Try(f func() error) {
	if p.unsupported.Load() {
		return
	}
	if f() != nil {
		p.unsupported.Store(true)
	}
}

func (p *Probe) Mark() {
	if !p.unsupported.Load() {
		p.unsupported.Store(true)
	}
}
