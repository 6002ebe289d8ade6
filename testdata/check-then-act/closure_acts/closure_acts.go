// Package closure_acts looks a worker up, waits for a slot, and stores a new one in a closure that locks again.
package closure_acts

import "sync"

type worker struct {
	mu   sync.Mutex
	jobs []string
}

type Pool struct {
	mu      sync.Mutex
	slots   chan struct{}
	workers map[string]*worker
}

func (p *Pool) Worker(name string) *worker {
	p.mu.Lock()
	if w, ok := p.workers[name]; ok { // step "tests p.workers.name."
		p.mu.Unlock()
		return w
	}
	p.mu.Unlock()

	add := func(key string) *worker {
		p.mu.Lock()
		defer p.mu.Unlock()
		w := &worker{}
		p.workers[key] = w // step "sets p.workers.key. .in func literal in Pool.Worker"
		return w
	}
	p.slots <- struct{}{}
	return add(name) // want "tests p.workers.name. and then calls add.* both create one"
}

func (p *Pool) Forget(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.workers, name) // step "is set as well"
}
