// Package ok_locked_suffix has methods whose names say that the caller holds the lock, and callers that do (idiom C1).
package ok_locked_suffix

import "sync"

type state struct {
	mu      sync.RWMutex
	servers map[string]bool
}

func (s *state) set(name string, up bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if up != s.isUpLocked(name) {
		s.setLocked(name, up)
	}
}

func (s *state) isUp(name string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.isUpLocked(name)
}

func (s *state) isUpLocked(name string) bool { return s.servers[name] }

func (s *state) setLocked(name string, up bool) {
	if !up {
		delete(s.servers, name)
		return
	}
	s.servers[name] = up
}

func ok(names []string) {
	s := &state{servers: map[string]bool{}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(2)
		go func() {
			defer wg.Done()
			s.set(name, true)
			s.set(name, false)
		}()
		go func() {
			defer wg.Done()
			s.isUp(name)
		}()
	}
	wg.Wait()
}
