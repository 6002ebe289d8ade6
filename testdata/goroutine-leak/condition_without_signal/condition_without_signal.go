// Package condition_without_signal waits for a condition that was meant to be signalled.
package condition_without_signal

import "sync"

type plugin struct {
	mu     sync.Mutex
	active *sync.Cond
	ready  bool
}

func (p *plugin) wait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.ready {
		p.active.Wait() // want "nobody signals condition_without_signal.plugin.active"
	}
}

func (p *plugin) activate() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready = true
}
