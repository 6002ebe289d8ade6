// Package ok_one_order takes the outer lock first everywhere, or gives it back in time.
package ok_one_order

import "sync"

type engine struct {
	mu        sync.Mutex
	notifiers map[string]func()
}

func (e *engine) register(name string, f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.notifiers[name] = f
}

func (e *engine) broadcast() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.notifiers {
		f()
	}
}

type streamer struct {
	mu     sync.Mutex
	engine *engine
	open   bool
}

func (s *streamer) start() {
	s.mu.Lock()
	s.open = true
	s.mu.Unlock()
	s.engine.register("streamer", s.changed)
}

func (s *streamer) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = !s.open
}

func (s *streamer) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave()
}

// leave is called with the lock held and gives it back while it talks to the engine.
func (s *streamer) leave() {
	s.mu.Unlock()
	s.engine.register("streamer", nil)
	s.mu.Lock()
}
