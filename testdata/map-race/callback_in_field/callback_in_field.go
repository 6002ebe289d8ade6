// Package callback_in_field keeps the callback in a field; workers run it.
package callback_in_field

import "sync"

type pool struct {
	workers int
	job     func(worker int)
}

func newPool(workers int, job func(int)) *pool {
	return &pool{workers: workers, job: job}
}

func (p *pool) run() {
	var wg sync.WaitGroup
	for worker := range p.workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.job(worker)
		}()
	}
	wg.Wait()
}

func bad() map[int]int {
	jobs := map[int]int{}
	p := newPool(6, func(worker int) {
		jobs[worker]++ // want "map jobs is written by several goroutines at once"
	})
	p.run()
	return jobs
}
