// Package one_way_never_done has two ways to serve, of which one counts itself and is never done.
package one_way_never_done

import "sync"

type streams struct {
	mu      sync.Mutex
	open    bool
	running sync.WaitGroup
}

func (s *streams) rows(send func(string) error) error {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return nil
	}
	s.running.Add(1)
	s.mu.Unlock()
	defer s.running.Done()
	return send("row")
}

func (s *streams) tables(send func(string) error) error {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return nil
	}
	s.running.Add(1) // want "nothing calls s.running.Done for this Add"
	s.mu.Unlock()
	return send("table")
}

func (s *streams) close() {
	s.mu.Lock()
	s.open = false
	s.mu.Unlock()
	s.running.Wait() // step "waits for ever"
}
