// Package registered_callback broadcasts under the engine's lock to subscribers that lock themselves.
package registered_callback

import "sync"

type notifier func(tables []string)

type engine struct {
	mu        sync.Mutex
	notifiers map[string]notifier
	tables    []string
}

func (e *engine) register(name string, f notifier) {
	e.mu.Lock() // step "takes e.mu"
	defer e.mu.Unlock()
	e.notifiers[name] = f
}

func (e *engine) reload() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.notifiers {
		f(e.tables) // want "s.mu is taken while e.mu is held .in engine.reload."
	}
}

type streamer struct {
	mu     sync.Mutex
	engine *engine
	seen   int
}

func (s *streamer) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.engine.register("streamer", s.changed) // step "calls engine.register"
}

func (s *streamer) changed(tables []string) {
	s.mu.Lock() // step "takes s.mu"
	defer s.mu.Unlock()
	s.seen += len(tables)
}
