// Package handed_over_locked looks sessions up, which come locked: nil when there is none.
package handed_over_locked

import "sync"

type session struct {
	mu      sync.Mutex
	id      string
	closing bool
	uses    int
}

type registry struct {
	mu      sync.RWMutex
	byID    map[string]*session
	current *session
}

// find returns the session locked, or nil.
func (r *registry) find(id string) *session {
	r.mu.RLock()
	defer r.mu.RUnlock()
	s, known := r.byID[id]
	if !known {
		return nil
	}
	s.mu.Lock()
	return s
}

// latest returns the current session, always locked.
func (r *registry) latest() (*session, int) {
	s := r.current
	s.mu.Lock()
	return s, s.uses
}

func (r *registry) use(id string) int {
	s := r.find(id)
	if s == nil {
		return 0
	}
	defer s.mu.Unlock()
	s.uses++
	return s.uses
}

func (r *registry) touch(id string) bool {
	s := r.find(id)
	if s == nil {
		return false
	}
	if s.closing {
		return false // want "s.mu stays locked on a path on which registry.touch returns"
	}
	s.uses++
	s.mu.Unlock()
	return true
}

func (r *registry) touchAll(ids []string) {
	for _, id := range ids {
		if s := r.find(id); s != nil { // want "s.mu stays locked on a path on which registry.touchAll goes round its loop"
			switch {
			case s.closing:
				continue
			case s.uses > 0:
				s.uses--
			}
			s.mu.Unlock()
		}
	}
}

func (r *registry) uses() int {
	s, n := r.latest()
	if n == 0 {
		return 0 // want "s.mu stays locked on a path on which registry.uses returns"
	}
	s.uses = 0
	s.mu.Unlock()
	return n
}

func (r *registry) open(id string) *session {
	s := r.find(id)
	if s == nil || !s.closing {
		return s
	}
	s.mu.Unlock()
	return nil
}

func (r *registry) makeCurrent(id string) bool {
	s := r.find(id)
	if s == nil {
		return false
	}
	if s.closing {
		s.mu.Unlock()
		return false
	}
	r.current = s
	return true
}

func (r *registry) handBack() { r.current.mu.Unlock() }
