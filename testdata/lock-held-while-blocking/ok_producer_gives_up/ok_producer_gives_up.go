// Package ok_producer_gives_up joins a producer that stops waiting for its consumer when it is told to.
package ok_producer_gives_up

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
	defer p.wg.Done()
	for i := 0; ; i++ {
		select {
		case <-p.stop:
			return
		default:
		}
		select {
		case p.out <- i:
		case <-p.stop:
		}
	}
}

func (p *pipeline) collect() {
	for value := range p.out {
		p.add(value)
	}
}

func (p *pipeline) add(value int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total += value
}

func (p *pipeline) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.stop)
	p.wg.Wait()
}

func run() {
	p := &pipeline{stop: make(chan struct{}), out: make(chan int)}
	p.start()
	p.close()
}
