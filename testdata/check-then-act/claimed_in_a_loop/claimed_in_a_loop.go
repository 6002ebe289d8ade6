// Package claimed_in_a_loop starts, and says so, in the round of a loop that finds where.
package claimed_in_a_loop

import "sync"

type pool struct {
	mu      sync.Mutex
	started bool
	launch  func(string)
}

func (p *pool) setStarted(started bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started = started
}

func (p *pool) start(hosts []string) {
	p.mu.Lock()
	started := p.started // step "tests p.started"
	p.mu.Unlock()
	if started {
		return
	}
	for _, host := range hosts {
		if host != "" {
			p.setStarted(true) // want "two goroutines may both pass the test and both go on"
			p.launch(host)
			return
		}
	}
}

func serve(p *pool, all [][]string) {
	var wg sync.WaitGroup
	for _, hosts := range all {
		wg.Go(func() { p.start(hosts) })
	}
	wg.Wait()
}
