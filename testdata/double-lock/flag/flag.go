// Package flag passes the flag that asks the callee to lock, though it has locked.
package flag

import "sync"

type page struct {
	mu   sync.Mutex
	text string
}

func (p *page) render(lock bool) string {
	if lock {
		p.mu.Lock() // step "takes"
		defer p.mu.Unlock()
	}
	return p.text
}

func (p *page) update(text string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
	return p.render(true) // want "is locked again"
}
