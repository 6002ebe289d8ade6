// Package bound_method_closes starts a method of one object several times, which closes its channel when it ends.
package bound_method_closes

import "sync"

type pool struct{ in, out chan int }

func (p *pool) work() {
	for value := range p.in {
		p.out <- value
	}
	close(p.out) // want "p.out is closed by each of several goroutines when it ends: the second close panics"
}

func (p *pool) run(wg *sync.WaitGroup, workers int) {
	for range workers {
		wg.Go(p.work) // step "starts several"
	}
}
