// Package ok_added_under_lock counts a worker in under the lock; whoever waits holds the lock, so none comes in then.
package ok_added_under_lock

import "sync"

type streams struct {
	mu   sync.Mutex
	open bool
	wg   sync.WaitGroup
}

func (s *streams) serve(work func()) {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return
	}
	s.wg.Add(1)
	s.mu.Unlock()
	defer s.wg.Done()
	work()
}

func (s *streams) serveScoped(work func()) {
	func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.wg.Add(1)
	}()
	defer s.wg.Done()
	work()
}

func (s *streams) disable() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = false
	s.wg.Wait()
}

func run() {
	s := &streams{open: true}
	go s.serve(func() {})
	go s.serveScoped(func() {})
	s.disable()
}
