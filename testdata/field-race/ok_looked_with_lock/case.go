// case: min-confidence=medium

// Package ok_looked_with_lock sets a field once, under a lock, after the goroutine was started: that looks with the
// lock and goes on without.
package ok_looked_with_lock

import "sync"

type sink struct{ out func(int) }

func (s *sink) put(n int) { s.out(n) }

type pump struct {
	mu   sync.Mutex
	sink *sink
}

func (p *pump) run(n int) {
	for i := range n {
		p.mu.Lock()
		ready := p.sink != nil
		p.mu.Unlock()
		if ready {
			p.sink.put(i)
		}
	}
}

func start(out func(int)) *pump {
	p := &pump{}
	go p.run(10)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sink = &sink{out: out}
	return p
}
