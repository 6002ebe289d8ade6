// Package ok_closed_for_workers closes what its workers receive from before it waits for them, and what they send on
// after.
package ok_closed_for_workers

import "sync"

type pool struct {
	jobs    chan int
	results chan int
	alive   sync.WaitGroup
}

func newPool() *pool {
	return &pool{jobs: make(chan int), results: make(chan int)}
}

func (p *pool) start() {
	p.alive.Add(1)
	go p.work()
}

func (p *pool) work() {
	defer p.alive.Done()
	for job := range p.jobs {
		p.results <- job * job
	}
}

func (p *pool) add(job int) { p.jobs <- job }

func (p *pool) end() {
	close(p.jobs)
	p.alive.Wait()
	close(p.results)
}

func (p *pool) sum() (total int) {
	for result := range p.results {
		total += result
	}
	return total
}
