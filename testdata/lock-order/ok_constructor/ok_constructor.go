// Package ok_constructor locks what nobody else has seen yet.
package ok_constructor

import "sync"

type hub struct {
	mu    sync.Mutex
	ports []*port
}

type port struct {
	mu  sync.Mutex
	hub *hub
	up  bool
}

func (h *hub) newPort() *port {
	p := &port{hub: h}
	p.mu.Lock()
	defer p.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ports = append(h.ports, p)
	return p
}

func (h *hub) raise() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.ports {
		p.mu.Lock()
		p.up = true
		p.mu.Unlock()
	}
}
