// Package function_runs_callback has a poller whose goroutine is a function that is given channels and what to run.
package function_runs_callback

import (
	"sync"
	"time"
)

type poller struct {
	mu      sync.Mutex
	polling bool
	quit    chan struct{}
	gone    chan struct{}
}

func (p *poller) begin(every time.Duration, poll func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.polling {
		return
	}
	p.polling = true
	p.quit, p.gone = make(chan struct{}), make(chan struct{})
	go loop(every, poll, p.quit, p.gone)
}

func loop(every time.Duration, poll func(), quit <-chan struct{}, gone chan<- struct{}) {
	defer close(gone)
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-quit:
			return
		case <-ticks.C:
			safely(poll)
		}
	}
}

func safely(poll func()) {
	defer func() { _ = recover() }()
	poll()
}

func (p *poller) end() {
	p.mu.Lock()
	quit, gone, polling := p.quit, p.gone, p.polling
	p.polling = false
	p.mu.Unlock()
	if polling {
		close(quit)
		<-gone
	}
}

type gauge struct {
	poller *poller
	mu     sync.Mutex
	last   int
	on     bool
}

func (g *gauge) enable() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.on = true
	g.poller.begin(time.Second, g.read)
}

func (g *gauge) read() {
	if g.enabled() {
		g.mu.Lock()
		g.last++
		g.mu.Unlock()
	}
}

func (g *gauge) enabled() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.on
}

func (g *gauge) disable() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.on {
		g.on = false
		g.poller.end() // want "gauge.mu is held while gauge.disable waits for gone, but gauge.read needs .*gauge.mu before its goroutine closes gone"
	}
}

type counter struct {
	poller *poller
	change sync.Mutex
	mu     sync.Mutex
	n      int
}

func (c *counter) enable() { c.poller.begin(time.Minute, c.count) }

func (c *counter) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *counter) disable() {
	c.change.Lock()
	defer c.change.Unlock()
	c.poller.end()
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
}

func run() {
	g := &gauge{poller: &poller{}}
	g.enable()
	g.disable()
	c := &counter{poller: &poller{}}
	c.enable()
	c.disable()
}
