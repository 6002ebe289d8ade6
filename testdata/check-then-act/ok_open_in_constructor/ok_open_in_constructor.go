// Package ok_open_in_constructor opens what nobody else has seen yet.
package ok_open_in_constructor

import "sync"

type Pool struct {
	mu   sync.Mutex
	stop chan struct{}
}

func New() *Pool {
	p := &Pool{}
	p.open()
	return p
}

func (p *Pool) open() {
	if p.stop == nil {
		p.stop = make(chan struct{})
		go wait(p.stop)
	}
}

func wait(stop chan struct{}) { <-stop }

func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop == nil {
		return
	}
	close(p.stop)
	p.stop = nil
}
