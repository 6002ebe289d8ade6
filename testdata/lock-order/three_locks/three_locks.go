// Package three_locks goes round three locks.
package three_locks

import "sync"

type first struct {
	mu     sync.Mutex
	second *second
}

type second struct {
	mu    sync.Mutex
	third *third
}

type third struct {
	mu    sync.Mutex
	first *first
}

func (f *first) run() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.second.touch() // want "second"
}

func (s *second) touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *second) run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.third.touch()
}

func (t *third) touch() {
	t.mu.Lock()
	defer t.mu.Unlock()
}

func (t *third) run() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.first.touch()
}

func (f *first) touch() {
	f.mu.Lock()
	defer f.mu.Unlock()
}
