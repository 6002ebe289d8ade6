// Package ok_wrapped_goroutine waits for a wrapped goroutine before it takes the lock, and for one that takes none.
package ok_wrapped_goroutine

import (
	"sync"
	"time"
)

type poller struct {
	mu    sync.Mutex
	group sync.WaitGroup
	quiet sync.WaitGroup
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

func silenced(f func() error) func() {
	return func() { _ = f() }
}

func (p *poller) start() {
	p.done = make(chan struct{})
	p.group.Go(logged(p.poll))
	p.quiet.Go(silenced(p.wait))
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

func (p *poller) wait() error {
	<-p.done
	return nil
}

func (p *poller) restart() {
	close(p.done)
	p.group.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.quiet.Wait()
	p.start()
}
