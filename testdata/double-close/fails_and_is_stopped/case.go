// Package fails_and_is_stopped has a goroutine that ends its own object when it fails; the owner ends it as well.
package fails_and_is_stopped

import (
	"sync"
	"time"
)

type probe struct {
	read  func() (int, error)
	done  chan struct{}
	mu    sync.Mutex
	fails int
}

func start(read func() (int, error)) *probe {
	p := &probe{read: read, done: make(chan struct{})}
	go p.loop() // step "starts the goroutine"
	return p
}

func (p *probe) loop() {
	for {
		select {
		case <-time.After(time.Second):
			p.sample()
		case <-p.done:
			return
		}
	}
}

func (p *probe) sample() {
	_, err := p.read()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.fails = 0
		return
	}
	p.fails++
	if p.fails == 5 {
		p.end()
	}
}

func (p *probe) end() {
	close(p.done) // want "p.done may be closed twice: by a goroutine of the object when it fails, and by who ends the object"
}

func (p *probe) Stop() { p.end() }

func run(read func() (int, error)) {
	p := start(read)
	defer p.Stop()
	time.Sleep(time.Minute)
}

type feed struct {
	next func() (string, error)
	done chan struct{}
}

func follow(next func() (string, error)) *feed {
	f := &feed{next: next, done: make(chan struct{})}
	go f.loop()
	return f
}

func (f *feed) loop() {
	for {
		if _, err := f.next(); err != nil {
			close(f.done)
			return
		}
	}
}

func (f *feed) Close() {
	close(f.done) // want "f.done may be closed twice: a goroutine that ends by itself has closed it before"
}

func (f *feed) ended() <-chan struct{} { return f.done }
