// Package ok_promoted_through_wrapper guards the promoted map of an embedded struct by the wrapper's lock (idiom C20).
package ok_promoted_through_wrapper

import "sync"

type plain struct {
	Vars map[string]string
	User string
}

type safe struct {
	mu sync.Mutex
	*plain
}

func newSafe(user string) *safe {
	return &safe{plain: &plain{User: user, Vars: map[string]string{}}}
}

func (s *safe) set(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Vars[name] = value
}

func (s *safe) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.plain.Vars {
		delete(s.plain.Vars, name)
	}
}

func ok(names []string) {
	s := newSafe("me")
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.set(name, s.User)
			s.reset()
		}()
	}
	wg.Wait()
}
