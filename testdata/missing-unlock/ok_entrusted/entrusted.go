// Package ok_entrusted gives back what it takes, or hands it on.
package ok_entrusted

import (
	"errors"
	"sync"
)

var errBusy = errors.New("busy")

type conn struct{ broken bool }

type pool struct {
	room chan struct{}
	mu   sync.Mutex
	lost []*conn
}

func newPool(n int) *pool { return &pool{room: make(chan struct{}, n)} }

func (p *pool) borrow() (*conn, error) {
	select {
	case p.room <- struct{}{}:
		return &conn{}, nil
	default:
		return nil, errBusy
	}
}

func (p *pool) giveBack(*conn) { <-p.room }

// take gives back by itself what it takes only if it fails; who gets a connection does it otherwise.
func (p *pool) take(dial func() (*conn, error)) (*conn, error) {
	p.room <- struct{}{}
	if n := len(p.lost); n > 0 {
		return p.lost[n-1], nil
	}
	c, err := dial()
	if err != nil {
		<-p.room
		return nil, err
	}
	return c, nil
}

func use(p *pool, work func(*conn) error) error {
	c, err := p.borrow()
	if err != nil {
		return err
	}
	defer p.giveBack(c)
	return work(c)
}

func keep(p *pool) error {
	c, err := p.borrow()
	if err != nil {
		return err
	}
	if c.broken {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.lost = append(p.lost, c)
		return errBusy
	}
	p.giveBack(c)
	return nil
}

func later(p *pool, fail bool) (func(), error) {
	c, err := p.borrow()
	if err != nil {
		return nil, err
	}
	if fail {
		go p.giveBack(c)
		return nil, errBusy
	}
	return func() { p.giveBack(c) }, nil
}

func clean(p *pool, fail bool) (err error) {
	c, err := p.borrow()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			p.giveBack(c)
		}
	}()
	if fail {
		return errBusy
	}
	p.giveBack(c)
	return nil
}

type bell struct{ rung chan struct{} }

func newBell() *bell { return &bell{rung: make(chan struct{}, 1)} }

func (b *bell) ring() { b.rung <- struct{}{} }

func (b *bell) wait() { <-b.rung }

func knock(b *bell, fail bool) error {
	b.ring()
	if fail {
		return errBusy
	}
	return nil
}
