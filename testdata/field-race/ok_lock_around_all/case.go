// Package ok_lock_around_all has one method that holds a lock around all of a long task. The options that the steps of
// the task read were set before anyone else knew of the object: that the lock is held at most reads says nothing.
package ok_lock_around_all

// case: min-confidence=medium

import "sync"

type session struct {
	mu      sync.Mutex
	options *options
	done    bool
}

type options struct{ limit int }

func open(o *options) *session {
	s := &session{}
	s.setUp(o)
	register(s)
	return s
}

var sessions sync.Map

func register(s *session) { sessions.Store(s, true) }

func (s *session) setUp(o *options) { s.options = o }

func (s *session) run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.options == nil {
		s.options = &options{}
	}
	s.first()
	s.second()
	s.third()
	s.done = true
}

func (s *session) first() bool  { return s.options.limit > 1 }
func (s *session) second() bool { return s.options.limit > 2 }
func (s *session) third() bool  { return s.options.limit > 3 && s.fourth() }
func (s *session) fourth() bool { return s.options.limit > 4 }

func (s *session) size() int { return s.options.limit }

func (s *session) half() int { return s.options.limit / 2 }
