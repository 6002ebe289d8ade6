// Package closed_by_owner_too ends a worker by itself on an error, and once more by its owner.
package closed_by_owner_too

type worker struct {
	quit chan struct{}
	jobs chan func() error
	last error
}

func start(jobs chan func() error) *worker {
	w := &worker{quit: make(chan struct{}), jobs: jobs}
	go func() {
		for {
			select {
			case <-w.quit:
				return
			case job := <-w.jobs:
				if err := job(); err != nil {
					w.giveUp(err)
					return
				}
			}
		}
	}()
	return w
}

func (w *worker) giveUp(err error) {
	w.last = err
	close(w.quit) // step "and closed again"
}

func (w *worker) Shutdown() {
	close(w.quit) // want "w.quit may be closed twice: a goroutine that ends by itself has closed it before"
}
