// Package borrows_under_lock waits for a lent thing with a mutex held that those who give one back must take.
package borrows_under_lock

import (
	"context"
	"sync"
)

type boat struct{ number int }

type harbour struct {
	moored chan *boat
}

func newHarbour(boats int) *harbour {
	h := &harbour{moored: make(chan *boat, boats)}
	for number := range boats {
		h.moored <- &boat{number}
	}
	return h
}

func (h *harbour) take(ctx context.Context) (*boat, error) {
	select {
	case b := <-h.moored: // step "receives from h.moored"
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *harbour) moor(b *boat) {
	h.moored <- b // step "only after that sends on h.moored"
}

type pier interface {
	take(ctx context.Context) (*boat, error)
	moor(b *boat)
}

type rental struct {
	mu   sync.Mutex
	pier pier
	out  map[string]*boat
}

func (r *rental) rent(ctx context.Context, name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, err := r.pier.take(ctx) // want "borrows_under_lock.rental.mu is held while rental.rent waits for h.moored, but rental.bring needs"
	if err != nil {
		return err
	}
	r.out[name] = b
	return nil
}

func (r *rental) bring(name string) {
	r.mu.Lock() // step "waits for borrows_under_lock.rental.mu"
	b := r.out[name]
	delete(r.out, name)
	r.mu.Unlock()
	r.pier.moor(b)
}

// shelf lends as well, but those who bring back need no lock.
type shelf struct {
	free chan *boat
	mu   sync.Mutex
	last *boat
}

func newShelf() *shelf { return &shelf{free: make(chan *boat, 4)} }

func (s *shelf) lend() *boat { return <-s.free }

func (s *shelf) putBack(b *boat) { s.free <- b }

func (s *shelf) use(run func(*boat)) {
	s.mu.Lock()
	b := s.lend()
	s.last = b
	s.mu.Unlock()
	defer s.putBack(b)
	run(b)
}

func (s *shelf) look() int {
	s.mu.Lock()
	b := s.lend()
	s.mu.Unlock()
	s.putBack(b)
	return b.number
}
