// Package worker_pool hands callbacks to a pool, with a mutex that each call makes for itself.
package worker_pool

import "sync"

// pool runs tasks on goroutines of its own.
type pool struct {
	tasks chan func()
	ended sync.WaitGroup
}

func newPool(workers int) *pool {
	p := &pool{tasks: make(chan func())}
	for range workers {
		p.ended.Add(1)
		go p.work()
	}
	return p
}

func (p *pool) work() {
	defer p.ended.Done()
	for task := range p.tasks {
		task()
	}
}

func (p *pool) submit(task func()) {
	p.tasks <- task
}

func (p *pool) close() {
	close(p.tasks)
	p.ended.Wait()
}

type checker struct {
	pool *pool
}

// each calls visit on the pool for every name, and waits for all calls.
func (c *checker) each(names []string, visit func(string)) {
	var all sync.WaitGroup
	for _, name := range names {
		all.Add(1)
		c.pool.submit(func() {
			defer all.Done()
			visit(name)
		})
	}
	all.Wait()
}

func (c *checker) long(names []string) []string {
	var found []string
	c.each(names, func(name string) {
		var mu sync.Mutex
		mu.Lock()
		defer mu.Unlock()
		found = append(found, name) // want "variable found is written by several goroutines at once"
	})
	return found
}

func (c *checker) short(names []string) []string {
	var mu sync.Mutex
	var found []string
	c.each(names, func(name string) {
		mu.Lock()
		defer mu.Unlock()
		found = append(found, name)
	})
	return found
}
