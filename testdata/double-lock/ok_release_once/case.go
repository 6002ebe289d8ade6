// Package ok_release_once makes functions under a lock that will take it when they are called, once.
package ok_release_once

import "sync"

type pool struct {
	mu   sync.Mutex
	refs map[string]int
	note func(name string)
}

func (p *pool) get(name string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refs[name]++
	p.note(name)
	return sync.OnceFunc(func() { p.release(name) })
}

func (p *pool) count(name string) func() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refs[name]++
	return sync.OnceValue(func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.refs[name]
	})
}

func (p *pool) release(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refs[name]--
}
