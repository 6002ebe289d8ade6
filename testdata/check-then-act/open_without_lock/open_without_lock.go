// Package open_without_lock closes under a lock and opens without it: each asks first, and neither is sure.
package open_without_lock

import "sync"

type Pool struct {
	mu   sync.Mutex
	stop chan struct{}
	wg   sync.WaitGroup
}

func (p *Pool) Open() {
	if p.stop != nil { // step "tests p.stop"
		return
	}
	p.open() // want "Pool.Open tests p.stop and then calls p.open.* without the lock that others hold for it: two goroutines may both create one"
}

func (p *Pool) open() {
	p.stop = make(chan struct{}) // step "sets p.stop .in Pool.open"
	p.wg.Add(1)
	go func(stop chan struct{}) {
		defer p.wg.Done()
		<-stop
	}(p.stop)
}

func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop == nil {
		return
	}
	close(p.stop)
	p.wg.Wait()
	p.stop = nil // step "is set as well"
}
