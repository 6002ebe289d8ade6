// Package mark_tested_too_early asks whether a pool is closed, lets go of the lock, and gives something back.
package mark_tested_too_early

import (
	"sync"
	"sync/atomic"
)

type conn struct{ id int }

type pool struct {
	mu     sync.Mutex
	closed bool
	idle   chan *conn
}

func (p *pool) isClosed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

func (p *pool) put(c *conn) {
	if p.isClosed() {
		return
	}
	select {
	case p.idle <- c: // want "this send on p.idle may meet a closed channel: what was asked before may have changed since"
	default:
	}
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.idle) // step "sets the mark and closes the channel"
	}
}

func use(n int) {
	p := &pool{idle: make(chan *conn, n)}
	for id := range n {
		go p.put(&conn{id})
	}
	p.close()
}

type events struct {
	ended atomic.Bool
	all   chan int
}

func (e *events) tell(one int) {
	if !e.ended.Load() {
		e.all <- one // want "this send on e.all may meet a closed channel: what was asked before may have changed since"
	}
}

func (e *events) end() {
	if e.ended.CompareAndSwap(false, true) {
		close(e.all)
	}
}

func (e *events) hear() (n int) {
	for range e.all {
		n++
	}
	return n
}

func tell(n int) {
	e := &events{all: make(chan int)}
	for one := range n {
		go e.tell(one)
	}
	go e.end()
	e.hear()
}
