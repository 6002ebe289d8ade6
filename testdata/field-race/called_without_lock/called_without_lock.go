// Package called_without_lock leaves the lock to callers, one of which does without.
package called_without_lock

import "sync"

type state struct {
	mu   sync.Mutex
	kind string
}

// update does its work with the lock held.
func (s *state) update(kind string) {
	s.publish(kind) // step "calls state.publish"
}

func (s *state) publish(kind string) {
	s.kind = kind // want "field called_without_lock.state.kind is written without called_without_lock.state.mu"
}

func (s *state) change(kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.update(kind)
}

func (s *state) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kind = ""
}

func (s *state) is(kind string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kind == kind
}

func (s *state) repair() {
	s.update("repaired") // step "calls state.update without called_without_lock.state.mu"
}
