// Package ok_one_of_both ends a worker by itself or by its owner, who each ask whether the other one has.
package ok_one_of_both

import "sync"

type worker struct {
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
	mu    sync.Mutex
	ended bool
	jobs  chan func() error
}

func start(jobs chan func() error) *worker {
	w := &worker{quit: make(chan struct{}), done: make(chan struct{}), jobs: jobs}
	go w.run()
	return w
}

func (w *worker) run() {
	for job := range w.jobs {
		if err := job(); err != nil {
			w.once.Do(func() { close(w.quit) })
			w.end()
			return
		}
	}
}

func (w *worker) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	w.ended = true
	close(w.done)
}

func (w *worker) Stop() {
	w.once.Do(func() { close(w.quit) })
	w.end()
}

type poller struct{ quit chan struct{} }

func poll() *poller {
	p := &poller{quit: make(chan struct{})}
	go p.watch()
	return p
}

func (p *poller) watch() { <-p.quit }

func (p *poller) Stop() { close(p.quit) }

func (p *poller) abort() { close(p.quit) }
