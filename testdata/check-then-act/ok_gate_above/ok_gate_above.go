// Package ok_gate_above probes in a goroutine that a compare-and-swap lets in once at a time.
package ok_gate_above

import (
	"sync/atomic"
	"time"
)

type limiter struct{ tick chan struct{} }

type Probe struct {
	busy    atomic.Int64
	limiter atomic.Pointer[limiter]
}

func (p *Probe) Watch() {
	for range time.Tick(time.Second) {
		go func() {
			if !p.busy.CompareAndSwap(0, 1) {
				return
			}
			defer p.busy.Store(0)
			p.read()
		}()
	}
}

func (p *Probe) read() {
	l := p.limiter.Load()
	if l == nil {
		l = &limiter{tick: make(chan struct{})}
		p.limiter.Store(l)
	}
	<-l.tick
}

// Stop lets the probe that waits go on.
func (p *Probe) Stop() {
	if l := p.limiter.Load(); l != nil {
		close(l.tick)
	}
}
