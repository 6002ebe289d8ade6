// Package limit tests a count, lets go of the lock, and counts later.
package limit

import (
	"errors"
	"sync"
)

type Gate struct {
	mu     sync.Mutex
	active int
	max    int
}

var errFull = errors.New("full")

func (g *Gate) Run(prepare func() error) error {
	g.mu.Lock()
	full := g.active >= g.max // step "tests g.active"
	g.mu.Unlock()
	if full {
		return errFull
	}
	if err := prepare(); err != nil {
		return err
	}
	g.mu.Lock()
	g.active++ // want "tests g.active and then sets .* both go on"
	g.mu.Unlock()
	return nil
}

func (g *Gate) Done() {
	g.mu.Lock()
	g.active-- // step "is set as well"
	g.mu.Unlock()
}
