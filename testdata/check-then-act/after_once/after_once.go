// Package after_once prepares itself with sync.Once on every way: who comes back from Do is in no critical section.
package after_once

import (
	"net"
	"sync"
)

var tracing sync.Once

type Pool struct {
	prepare sync.Once
	mu      sync.RWMutex
	conns   map[string]net.Conn
}

func (p *Pool) Conn(addr string) (net.Conn, error) {
	p.prepare.Do(func() { p.conns = map[string]net.Conn{} })
	p.mu.RLock()
	conn := p.conns[addr]
	p.mu.RUnlock()
	if conn != nil {
		return conn, nil
	}
	return p.dial(addr) // want "Pool.Conn tests p.conns.addr. and then calls p.dial.* in two critical sections: two goroutines may both create one"
}

func (p *Pool) Fresh(addr string) (net.Conn, error) {
	if conn := p.known(addr); conn != nil {
		return conn, nil
	}
	return p.dial(addr) // want "Pool.Fresh tests p.known.* and then calls p.dial.* in two critical sections: two goroutines may both create one"
}

func (p *Pool) known(addr string) net.Conn {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.conns[addr]
}

func (p *Pool) dial(addr string) (net.Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	conn, err := traced(addr)
	if err != nil {
		return nil, err
	}
	p.conns[addr] = conn
	return conn, nil
}

func (p *Pool) DialAgain(addr string) (net.Conn, error) {
	p.prepare.Do(func() { p.conns = map[string]net.Conn{} })
	p.mu.Lock()
	defer p.mu.Unlock()
	if conn := p.conns[addr]; conn != nil {
		return conn, nil
	}
	conn, err := traced(addr)
	if err == nil {
		p.conns[addr] = conn
	}
	return conn, err
}

func traced(addr string) (net.Conn, error) {
	tracing.Do(func() {})
	return net.Dial("tcp", addr)
}
