// Package ok_pool_drained waits for the group that workers tell of the end of each function.
package ok_pool_drained

import "sync"

type pool struct {
	jobs    chan func()
	pending sync.WaitGroup
	stopped sync.WaitGroup
}

func newPool(size int) *pool {
	p := &pool{jobs: make(chan func(), size)}
	for range size {
		p.stopped.Add(1)
		go p.work()
	}
	return p
}

func (p *pool) work() {
	defer p.stopped.Done()
	for job := range p.jobs {
		job()
		p.pending.Done()
	}
}

func (p *pool) submit(job func()) {
	p.pending.Add(1)
	p.jobs <- job
}

func (p *pool) drain() { p.pending.Wait() }

func (p *pool) Close() {
	close(p.jobs)
	p.stopped.Wait()
}

func load(p *pool, names []string) []int {
	var (
		mu    sync.Mutex
		sizes []int
	)
	for _, name := range names {
		p.submit(func() {
			mu.Lock()
			defer mu.Unlock()
			sizes = append(sizes, len(name))
		})
	}
	p.drain()
	return sizes
}

func all(names []string) int {
	p := newPool(4)
	defer p.Close()
	return len(load(p, names))
}
