// Package kept_while_locked gives a method to a list of hooks under a lock: it runs later, without it.
package kept_while_locked

import (
	"net/http"
	"sync"
)

type hooks struct {
	all []func()
}

func (h *hooks) add(f func()) { h.all = append(h.all, f) }

func (h *hooks) also(f func()) { h.add(f) }

type tank struct {
	setup sync.Mutex
	mu    sync.Mutex
	level int
}

func (t *tank) open(h *hooks) {
	t.setup.Lock()
	defer t.setup.Unlock()
	h.also(t.drain)
	t.fill(1) // step "calls tank.fill"
}

func (t *tank) fill(by int) {
	t.mu.Lock() // step "takes t.mu"
	defer t.mu.Unlock()
	t.level += by
}

type pump struct {
	setup sync.Mutex
	mu    sync.Mutex
	runs  int
}

func (p *pump) open(server *http.Server) {
	p.setup.Lock()
	defer p.setup.Unlock()
	server.RegisterOnShutdown(p.stop)
	p.mu.Lock() // want "p.mu is taken while p.setup is held .in pump.open.; pump.stop takes p.setup while it holds p.mu"
	defer p.mu.Unlock()
	p.runs++
}

func (p *pump) stop() {
	p.mu.Lock() // step "takes p.mu"
	defer p.mu.Unlock()
	p.setup.Lock()
	defer p.setup.Unlock()
	p.runs = 0
}

func (t *tank) drain() {
	t.mu.Lock() // step "takes t.mu"
	defer t.mu.Unlock()
	t.setup.Lock() // want "t.setup is taken while t.mu is held .in tank.drain."
	defer t.setup.Unlock()
	t.level = 0
}
