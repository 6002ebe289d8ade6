// Package ok_ways_counted_elsewhere adds where nothing is done: what it starts, or hands out, counts down.
package ok_ways_counted_elsewhere

import "sync"

type streams struct {
	open    bool
	running sync.WaitGroup
}

func (s *streams) rows(send func(string) error) error {
	s.running.Add(1)
	defer s.running.Done()
	return send("row")
}

func (s *streams) start(send func(string) error) {
	s.running.Add(1)
	go s.work(send)
}

func (s *streams) work(send func(string) error) {
	defer s.running.Done()
	_ = send("work")
}

func (s *streams) close() { s.running.Wait() }

type leases struct{ held sync.WaitGroup }

func (l *leases) brief(use func()) {
	l.held.Add(1)
	defer l.held.Done()
	use()
}

func (l *leases) take() func() {
	l.held.Add(1)
	return l.held.Done
}

func (l *leases) close() { l.held.Wait() }
