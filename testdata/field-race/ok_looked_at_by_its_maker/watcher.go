// Package ok_looked_at_by_its_maker waits, with the lock, for what a watcher's own goroutine still changes.
package ok_looked_at_by_its_maker

import (
	"sync"
	"time"
)

type state struct {
	mu         sync.Mutex
	consistent bool
	changes    int
}

func (s *state) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes++
	if !s.consistent {
		s.consistent = s.changes > 3
	}
}

func (s *state) lost() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.consistent = false
}

func (s *state) show() (bool, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.consistent, s.changes
}

type watcher struct {
	mu     sync.Mutex
	states map[string]*state
	events chan string
	group  sync.WaitGroup
}

func newWatcher() *watcher {
	w := &watcher{states: map[string]*state{}, events: make(chan string)}
	w.group.Add(1)
	go func() {
		defer w.group.Done()
		for name := range w.events {
			w.get(name).changed()
		}
	}()
	return w
}

func (w *watcher) get(name string) *state {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.states[name]
	if s == nil {
		s = &state{}
		w.states[name] = s
	}
	return s
}

func (w *watcher) waitFor(names []string) {
	for _, name := range names {
		for {
			consistent, _ := w.get(name).show()
			if consistent {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func start(events int) int {
	w := newWatcher()
	go func() {
		for range events {
			w.events <- "keyspace"
		}
		close(w.events)
	}()
	w.waitFor([]string{"keyspace"})
	w.group.Wait()
	_, changes := w.get("keyspace").show()
	return changes
}
