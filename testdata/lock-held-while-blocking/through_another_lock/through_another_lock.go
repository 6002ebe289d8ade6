// Package through_another_lock closes a manager under the engine's mutex: its worker needs the schema's mutex,
// whose holder calls back into the engine.
package through_another_lock

import "sync"

type schema struct {
	mu        sync.Mutex
	listeners []func()
	version   int
}

func (s *schema) reload() {
	s.mu.Lock() // step "waits for through_another_lock.schema.mu"
	defer s.mu.Unlock()
	s.version++
}

func (s *schema) broadcast() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, listener := range s.listeners {
		listener() // step "holds through_another_lock.schema.mu"
	}
}

type manager struct {
	schema *schema
	stop   chan struct{}
	wg     sync.WaitGroup
}

func (m *manager) run() {
	defer m.wg.Done()
	for {
		select {
		case <-m.stop:
			return
		default:
			m.schema.reload()
		}
	}
}

func (m *manager) close() {
	close(m.stop)
	m.wg.Wait()
}

type engine struct {
	mu       sync.Mutex
	schema   *schema
	managers []*manager
}

func (e *engine) open() {
	e.schema.listeners = append(e.schema.listeners, e.changed)
	m := &manager{schema: e.schema, stop: make(chan struct{})}
	m.wg.Add(1)
	go m.run()
	e.managers = append(e.managers, m)
}

func (e *engine) changed() {
	e.mu.Lock() // step "waits for through_another_lock.engine.mu"
	defer e.mu.Unlock()
	e.managers = e.managers[:len(e.managers):len(e.managers)]
}

func (e *engine) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, m := range e.managers {
		m.close() // want "engine.mu is held while engine.close waits for m.wg, but manager.run needs through_another_lock.schema.mu, whose holder needs"
	}
}

func run() {
	e := &engine{schema: &schema{}}
	e.open()
	go e.schema.broadcast()
	e.close()
}
