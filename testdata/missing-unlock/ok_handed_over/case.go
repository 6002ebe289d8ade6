// Package ok_handed_over returns with the lock held, by design: somebody else releases it.
package ok_handed_over

import (
	"errors"
	"sync"
)

type pool struct {
	mu   sync.Mutex
	busy bool
}

func (p *pool) acquire() error {
	p.mu.Lock()
	if p.busy {
		p.mu.Unlock()
		return errors.New("busy")
	}
	return nil
}

func (p *pool) release() { p.mu.Unlock() }

func (p *pool) guard() func() {
	p.mu.Lock()
	return func() { p.mu.Unlock() }
}

func (p *pool) method() func() {
	p.mu.Lock()
	return p.mu.Unlock
}

func (p *pool) background(work func()) {
	p.mu.Lock()
	go func() {
		defer p.mu.Unlock()
		work()
	}()
}

func use(p *pool, work func() error) error {
	if err := p.acquire(); err != nil {
		return err
	}
	defer p.release()
	return work()
}

func guarded(p *pool, work func() error) error {
	unlock := p.guard()
	if err := work(); err != nil {
		unlock()
		return err
	}
	unlock()
	return nil
}
