// Package poller_joined waits under a mutex for pollers whose function takes the mutex; they say through a channel
// that they have ended, which is made when they begin.
package poller_joined

import (
	"sync"
	"time"
)

type poller struct {
	quit  chan struct{}
	ended chan struct{}
}

func (p *poller) begin(ask func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	p.quit, p.ended = quit, ended
	go func() {
		defer close(ended) // step "only after that closes ended"
		for {
			select {
			case <-quit:
				return
			case <-time.After(time.Second):
				ask()
			}
		}
	}()
}

func (p *poller) end() {
	ended := p.ended
	close(p.quit)
	<-ended // step "receives from ended"
}

type looper struct {
	ended chan bool
	quit  chan bool
}

func (l *looper) begin(ask func()) {
	l.ended, l.quit = make(chan bool), make(chan bool)
	go l.loop(ask, l.ended)
}

func (l *looper) loop(ask func(), ended chan<- bool) {
	for {
		ask()
		select {
		case <-l.quit:
			ended <- true
			return
		case <-time.After(time.Second):
		}
	}
}

func (l *looper) end() {
	close(l.quit)
	<-l.ended
}

type monitor struct {
	mu     sync.Mutex
	polls  *poller
	loops  *looper
	others *looper
	health int
}

func (m *monitor) open() {
	m.polls.begin(m.probe)
	m.loops.begin(func() { m.probe() })
	m.others.begin(func() {})
}

func (m *monitor) probe() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.health++
}

func (m *monitor) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.polls.end() // want "poller_joined.monitor.mu is held while monitor.close waits for ended, but monitor.probe needs"
}

func (m *monitor) shut() {
	m.mu.Lock()
	m.loops.end() // want "poller_joined.monitor.mu is held while monitor.shut waits for l.ended"
	m.mu.Unlock()
}

func (m *monitor) leave() {
	m.mu.Lock()
	polls := m.polls
	m.polls = nil
	m.others.end()
	m.mu.Unlock()
	polls.end()
}
