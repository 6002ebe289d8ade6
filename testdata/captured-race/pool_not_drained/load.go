// Package pool_not_drained reads what workers still write.
package pool_not_drained

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
	return sizes // want "variable sizes is read while another goroutine may write it"
}

func all(names []string) int {
	p := newPool(4)
	defer p.Close()
	return len(load(p, names))
}
