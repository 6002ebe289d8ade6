// Package let_through turns callers away before it waits for those inside, but not all of them: the group may be counted
// up from zero beside Wait.
package let_through

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type hall struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

func (h *hall) enter(urgent bool) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	leaving := h.closed
	if leaving && !urgent {
		return errClosed
	}
	h.inside.Add(1) // want "h.inside.Add may run beside h.inside.Wait: let_through.hall.closed, .* does not stop all"
	return nil
}

func (h *hall) leave() { h.inside.Done() }

func (h *hall) shut() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.inside.Wait()
}

type state int

const (
	open state = iota
	closing
)

type ticket struct{ valid, staff bool }

type office struct {
	mu    sync.RWMutex
	state state
	work  sync.WaitGroup
}

func (o *office) do(t *ticket, job func()) error {
	o.mu.RLock()
	if o.state != open {
		if !t.staff {
			o.mu.RUnlock()
			return errClosed
		}
	}
	o.work.Add(1) // want "o.work.Add may run beside o.work.Wait: let_through.office.state, .*"
	o.mu.RUnlock()
	defer o.work.Done()
	job()
	return nil
}

func (o *office) set(s state) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.state = s
}

func (o *office) closeDown() {
	o.set(closing)
	o.finish()
}

func (o *office) finish() { o.work.Wait() }

type gate struct {
	mu     sync.Mutex
	locked bool
	cars   sync.WaitGroup
}

func (g *gate) pass(plate string, job func()) {
	g.mu.Lock()
	if !g.locked || plate == "fire" {
		g.cars.Add(1) // want "g.cars.Add may run beside g.cars.Wait"
		go func() {
			defer g.cars.Done()
			job()
		}()
	}
	g.mu.Unlock()
}

func (g *gate) lock() {
	g.mu.Lock()
	g.locked = true
	g.mu.Unlock()
	g.cars.Wait()
}
