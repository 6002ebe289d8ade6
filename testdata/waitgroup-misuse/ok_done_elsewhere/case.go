// Package ok_done_elsewhere leaves Done to a callee, to a closure, or to the last of several steps.
package ok_done_elsewhere

import (
	"errors"
	"sync"
)

type pool struct {
	wg sync.WaitGroup
}

func (p *pool) finish() { p.wg.Done() }

func (p *pool) start(ready bool, work func() error) error {
	p.wg.Add(1)
	if !ready {
		p.finish()
		return errors.New("not ready")
	}
	go p.run(work)
	return nil
}

func (p *pool) run(work func() error) {
	if err := work(); err != nil {
		p.finish()
		return
	}
	p.wg.Done()
}

func (p *pool) begin(closed bool) bool {
	if closed {
		return false
	}
	p.wg.Add(1)
	return true
}

func (p *pool) wait() { p.wg.Wait() }

func callback(each func(func())) {
	var wg sync.WaitGroup
	wg.Add(1)
	each(wg.Done)
	wg.Wait()
}
