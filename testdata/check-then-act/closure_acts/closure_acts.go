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

func newWorker() (*worker, error) { return &worker{}, nil }

func (p *Pool) Worker(name string) (*worker, error) {
	p.mu.Lock()
	if w, ok := p.workers[name]; ok { // step "tests p.workers.name."
		p.mu.Unlock()
		return w, nil
	}
	p.mu.Unlock()

	add := func(key string) (w *worker, err error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		defer func() {
			if err != nil {
				<-p.slots
			}
		}()
		w, err = newWorker()
		if err != nil {
			return nil, err
		}
		p.workers[key] = w // step "sets p.workers.key. .in func literal in Pool.Worker"
		return w, nil
	}
	p.slots <- struct{}{}
	return add(name) // want "tests p.workers.name. and then calls add.* both create one"
}

func (p *Pool) Forget(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.workers, name) // step "is set as well"
}
