// Package pool_closed_early closes the queue of a pool while others may still submit.
package pool_closed_early

import "sync"

type pool struct {
	jobs chan func()
	once sync.Once
}

func newPool() *pool {
	p := &pool{jobs: make(chan func(), 4)}
	go func() {
		for job := range p.jobs {
			job()
		}
	}()
	return p
}

func (p *pool) submit(job func()) {
	p.jobs <- job // step "a send on a closed channel panics"
}

func (p *pool) stop() {
	p.once.Do(func() {
		close(p.jobs) // want "p.jobs may be closed while another goroutine still sends on it"
	})
}

func run(jobs []func()) {
	p := newPool()
	go func() {
		for _, job := range jobs {
			p.submit(job)
		}
	}()
	p.stop()
}
