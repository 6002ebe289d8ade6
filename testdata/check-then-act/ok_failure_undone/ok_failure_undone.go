// Package ok_failure_undone takes back what it has counted when what it was counted for fails.
package ok_failure_undone

import (
	"errors"
	"sync"
)

type conn struct{ id int }

type pool struct {
	mu   sync.Mutex
	open int
	max  int
	dial func(id int) (*conn, error)
}

func (p *pool) get() (*conn, error) {
	p.mu.Lock()
	if p.open >= p.max {
		p.mu.Unlock()
		return nil, errors.New("exhausted")
	}
	p.open++
	id := p.open
	p.mu.Unlock()
	c, err := p.dial(id)
	if err != nil {
		p.mu.Lock()
		p.open--
		p.mu.Unlock()
		return nil, err
	}
	return c, nil
}

func (p *pool) put(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
}

func use(p *pool) {
	for range 8 {
		go func() {
			if c, err := p.get(); err == nil {
				p.put(c)
			}
		}()
	}
}
