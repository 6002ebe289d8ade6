// Package ok_one_goroutine_each starts one goroutine for each object, or locks each object.
package ok_one_goroutine_each

import "sync"

type worker struct {
	mu   sync.Mutex
	done int
	seen int
}

func (w *worker) run() { w.done++ }

func (w *worker) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen++
}

type pool struct{ workers []*worker }

func (p *pool) lookAll() {
	for _, w := range p.workers {
		w.look()
	}
}

func (p *pool) start() {
	var wg sync.WaitGroup
	for _, w := range p.workers {
		wg.Go(w.run)
		wg.Go(p.lookAll)
	}
	wg.Wait()
	for _, w := range p.workers {
		w.run()
	}
}
