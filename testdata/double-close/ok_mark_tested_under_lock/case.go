// Package ok_mark_tested_under_lock sends under the lock of the mark, or waits for those who send before it closes.
package ok_mark_tested_under_lock

import "sync"

type conn struct{ id int }

type pool struct {
	mu     sync.RWMutex
	closed bool
	idle   chan *conn
}

func (p *pool) put(c *conn) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return
	}
	select {
	case p.idle <- c:
	default:
	}
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.idle)
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
	mu      sync.Mutex
	senders sync.WaitGroup
	ended   bool
	all     chan int
}

func (e *events) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.ended {
		e.senders.Add(1)
	}
	return !e.ended
}

func (e *events) tell(one int) {
	if !e.enter() {
		return
	}
	defer e.senders.Done()
	e.all <- one
}

func (e *events) end() {
	e.mu.Lock()
	again := e.ended
	e.ended = true
	e.mu.Unlock()
	if again {
		return
	}
	e.senders.Wait()
	close(e.all)
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
