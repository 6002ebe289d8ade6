// Package unnamed_struct has its lock in a struct without a name, three calls away from the other.
package unnamed_struct

import "sync"

type store struct {
	batch struct {
		sync.Mutex
		pending []int
	}
	replicas []*replica
}

type replica struct {
	mu    sync.Mutex
	store *store
	ticks int
}

func (s *store) send() {
	s.batch.Lock()
	defer s.batch.Unlock()
	for _, r := range s.replicas {
		r.reportUnreachable() // step "calls replica.reportUnreachable"
	}
}

func (r *replica) reportUnreachable() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ticks = 0
}

func (r *replica) tick() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ticks++
	r.maybeBeat() // want "r.store.batch is taken while r.mu is held"
}

func (r *replica) maybeBeat() {
	r.store.batch.Lock()
	r.store.batch.pending = append(r.store.batch.pending, r.ticks)
	r.store.batch.Unlock()
}
