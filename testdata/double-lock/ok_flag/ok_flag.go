// Package ok_flag tells the callee that the lock is held.
package ok_flag

import "sync"

type page struct {
	mu   sync.Mutex
	text string
}

func (p *page) render(locked bool) string {
	if !locked {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	return p.text
}

func (p *page) show(locked bool) string { return p.render(locked) }

func (p *page) update(text string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
	return p.show(true)
}
