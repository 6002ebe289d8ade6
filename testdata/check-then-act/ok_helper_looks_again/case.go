// Package ok_helper_looks_again looks, works, and looks again with the lock, in a helper that decides.
package ok_helper_looks_again

import (
	"io"
	"sync"
)

type pool struct {
	mu    sync.Mutex
	conns map[string]io.Closer
	over  bool
}

func (p *pool) get(name string) (io.Closer, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.conns[name]
	return c, ok
}

func (p *pool) addLocked(name string, c io.Closer) io.Closer {
	if other, ok := p.conns[name]; ok {
		return other
	}
	p.conns[name] = c
	return c
}

func (p *pool) add(name string, c io.Closer) io.Closer {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return nil
	}
	return p.addLocked(name, c)
}

// Get keeps the first one.
func (p *pool) Get(name string, dial func() io.Closer) io.Closer {
	if c, ok := p.get(name); ok {
		return c
	}
	fresh := dial()
	kept := p.add(name, fresh)
	if kept != fresh {
		_ = fresh.Close()
	}
	return kept
}

// End takes no more.
func (p *pool) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
}
