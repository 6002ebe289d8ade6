// Package wrapped_goroutine waits for a goroutine that is started in a wrapper.
package wrapped_goroutine

import (
	"sync"
	"time"
)

type poller struct {
	mu    sync.Mutex
	group sync.WaitGroup
	done  chan struct{}
	polls int
}

func logged(f func() error) func() {
	return func() {
		if err := f(); err != nil {
			println("stopped:", err.Error())
		}
	}
}

func (p *poller) start() {
	p.done = make(chan struct{})
	p.group.Go(logged(p.poll))
}

func (p *poller) poll() error {
	for {
		select {
		case <-p.done:
			return nil
		case <-time.After(time.Second):
			p.mu.Lock()
			p.polls++
			p.mu.Unlock()
		}
	}
}

func (p *poller) restart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.done)
	p.group.Wait() // want "poller.mu is held while poller.restart waits for p.group, but func literal in logged needs"
	p.start()
}
