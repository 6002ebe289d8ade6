// Package ok_closed_before_drained takes what is left out of a channel that it has closed itself.
package ok_closed_before_drained

import "sync"

type pool struct {
	mu   sync.Mutex
	free chan int
}

func (p *pool) fill() {
	for i := range 3 {
		p.mu.Lock()
		free := p.free
		p.mu.Unlock()
		free <- i
	}
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.free)
	for range p.free {
	}
}

func run() {
	p := &pool{free: make(chan int, 3)}
	go p.fill()
	p.close()
}
