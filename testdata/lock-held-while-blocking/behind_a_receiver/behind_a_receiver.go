// Package behind_a_receiver joins a producer under the mutex that the consumer of its channel takes for every value.
package behind_a_receiver

import "sync"

type pipeline struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	stop  chan struct{}
	out   chan int
	total int
}

func (p *pipeline) start() {
	p.wg.Add(1)
	go p.produce()
	go p.collect()
}

func (p *pipeline) produce() {
	defer p.wg.Done() // step "only after that is done with p.wg"
	for i := 0; ; i++ {
		select {
		case <-p.stop:
			return
		default:
		}
		p.out <- i // step "waits for a receiver of p.out"
	}
}

func (p *pipeline) collect() {
	for value := range p.out {
		p.add(value)
	}
}

func (p *pipeline) add(value int) {
	p.mu.Lock() // step "waits for behind_a_receiver.pipeline.mu"
	defer p.mu.Unlock()
	p.total += value
}

func (p *pipeline) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.stop)
	p.wg.Wait() // want "pipeline.mu is held while pipeline.close waits for p.wg, but pipeline.produce needs a receiver of p.out, which needs"
}

func run() {
	p := &pipeline{stop: make(chan struct{}), out: make(chan int)}
	p.start()
	p.close()
}
