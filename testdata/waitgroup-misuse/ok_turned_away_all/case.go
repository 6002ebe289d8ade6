// Package ok_turned_away_all lets nobody in while somebody waits for those inside.
package ok_turned_away_all

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

// The mark alone keeps callers out, whatever else does.
type hall struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

func (h *hall) enter(old, urgent bool) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || (old && !urgent) {
		return errClosed
	}
	h.inside.Add(1)
	return nil
}

func (h *hall) leave() { h.inside.Done() }

func (h *hall) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
}

func (h *hall) shut() {
	h.close()
	h.inside.Wait()
}

// One mark does not stop all callers, but a count of those who wait does.
type office struct {
	mu      sync.Mutex
	closing bool
	waiters int
	work    sync.WaitGroup
}

func (o *office) begin(staff bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if (o.closing && !staff) || o.waiters > 0 {
		return errClosed
	}
	o.work.Add(1)
	return nil
}

func (o *office) end() { o.work.Done() }

func (o *office) waiting(by int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiters += by
}

func (o *office) closeDown() {
	o.mu.Lock()
	o.closing = true
	o.mu.Unlock()
	o.waiting(1)
	o.work.Wait()
	o.waiting(-1)
}

// While somebody is inside the group is not counted up from zero.
type pool struct {
	mu      sync.Mutex
	closed  bool
	running int
	tasks   sync.WaitGroup
}

func (p *pool) start(job func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed && p.running == 0 {
		return false
	}
	p.running++
	p.tasks.Add(1)
	go p.run(job)
	return true
}

func (p *pool) run(job func()) {
	defer p.tasks.Done()
	job()
	p.mu.Lock()
	p.running--
	p.mu.Unlock()
}

func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.tasks.Wait()
}

// Who waits has the lock that others need to come in.
type yard struct {
	mu     sync.Mutex
	locked bool
	cars   sync.WaitGroup
}

func (y *yard) enter(fire bool) bool {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.locked && !fire {
		return false
	}
	y.cars.Add(1)
	return true
}

func (y *yard) leave() { y.cars.Done() }

func (y *yard) lock() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.locked = true
	y.cars.Wait()
}

// The mark is set only when those inside are out.
type shop struct {
	mu     sync.Mutex
	sold   bool
	buyers sync.WaitGroup
}

func (s *shop) enter(owner bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sold && !owner {
		return false
	}
	s.buyers.Add(1)
	return true
}

func (s *shop) leave() { s.buyers.Done() }

func (s *shop) sell() {
	s.buyers.Wait()
	s.mu.Lock()
	s.sold = true
	s.mu.Unlock()
}
