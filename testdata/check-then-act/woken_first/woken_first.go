// Package woken_first waits for conditions under an `if`: who wakes up first takes what the others were woken for.
package woken_first

import "sync"

type Lease struct{ id int }

type Depot struct {
	mu     sync.Mutex
	more   *sync.Cond
	leases []*Lease
	closed bool
}

func New() *Depot {
	d := &Depot{}
	d.more = sync.NewCond(&d.mu)
	return d
}

func (d *Depot) Put(lease *Lease) {
	d.mu.Lock()
	d.leases = append(d.leases, lease)
	d.mu.Unlock()
	d.more.Broadcast()
}

// Take is run by every request.
func (d *Depot) Take() *Lease {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.leases) == 0 {
		d.more.Wait()
	}
	last := len(d.leases) - 1
	lease := d.leases[last]
	d.leases = d.leases[:last] // want "tests d.leases and then sets it behind a Wait"
	return lease
}

// Room counts places, and embeds its lock and its condition.
type Room struct {
	sync.Mutex
	sync.Cond
	guests map[string]bool
	free   int
}

func (r *Room) Enter(guest string) {
	r.Lock()
	defer r.Unlock()
	if r.guests[guest] {
		r.Wait()
	}
	r.guests[guest] = true // want "tests r.guests\\[guest\\] and then sets it behind a Wait"
}

func (r *Room) Leave(guest string) {
	r.Lock()
	delete(r.guests, guest)
	r.Unlock()
	r.Broadcast()
}

// Sink has one goroutine that drains it, which Stop wakes as well.
type Sink struct {
	mu      sync.Mutex
	filled  *sync.Cond
	pending []int
	stopped bool
}

func Open() *Sink {
	s := &Sink{}
	s.filled = sync.NewCond(&s.mu)
	go s.drain()
	return s
}

func (s *Sink) drain() {
	for {
		s.mu.Lock()
		if len(s.pending) == 0 {
			s.filled.Wait()
		}
		next := s.pending[0]
		s.pending = s.pending[1:] // want "tests s.pending and then sets it behind a Wait"
		done := s.stopped && len(s.pending) == 0
		s.mu.Unlock()
		if done || next < 0 {
			return
		}
	}
}

func (s *Sink) Add(item int) {
	s.mu.Lock()
	s.pending = append(s.pending, item)
	s.filled.Signal()
	s.mu.Unlock()
}

func (s *Sink) Stop() {
	s.mu.Lock()
	s.stopped = true
	s.filled.Signal()
	s.mu.Unlock()
}
