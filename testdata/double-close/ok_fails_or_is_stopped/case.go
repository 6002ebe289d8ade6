// Package ok_fails_or_is_stopped ends its object once, whoever comes first, or leaves the end to one of both.
package ok_fails_or_is_stopped

import (
	"sync"
	"time"
)

type probe struct {
	read func() (int, error)
	done chan struct{}
	once sync.Once
}

func start(read func() (int, error)) *probe {
	p := &probe{read: read, done: make(chan struct{})}
	go p.loop()
	return p
}

func (p *probe) loop() {
	for {
		select {
		case <-time.After(time.Second):
			if _, err := p.read(); err != nil {
				p.end()
			}
		case <-p.done:
			return
		}
	}
}

func (p *probe) end() { p.once.Do(func() { close(p.done) }) }

func (p *probe) Stop() { p.end() }

func run(read func() (int, error)) {
	p := start(read)
	defer p.Stop()
	time.Sleep(time.Minute)
}

type feed struct {
	next       func() (string, error)
	stop, done chan struct{}
}

func follow(next func() (string, error)) *feed {
	f := &feed{next: next, stop: make(chan struct{}), done: make(chan struct{})}
	go f.loop()
	return f
}

// loop is the only one to close done.
func (f *feed) loop() {
	for {
		if _, err := f.next(); err != nil {
			close(f.done)
			return
		}
	}
}

func (f *feed) Close() {
	close(f.stop)
	<-f.done
}

type own struct {
	next func() error
	done chan struct{}
}

func begin(next func() error) <-chan struct{} {
	o := &own{next: next, done: make(chan struct{})}
	go o.loop()
	return o.done
}

func (o *own) loop() {
	defer o.Close()
	for o.next() == nil {
	}
}

// Close is for the loop.
func (o *own) Close() { close(o.done) }
