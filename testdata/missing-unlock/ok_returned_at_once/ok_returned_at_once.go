// Package ok_returned_at_once hands on what comes with a lock held; whoever has it ends it.
package ok_returned_at_once

import "sync"

type store struct {
	mu    sync.Mutex
	count int
}

type txn struct{ s *store }

func (t *txn) End() { t.s.mu.Unlock() }

func (s *store) write() *txn {
	s.mu.Lock()
	s.count++
	return &txn{s}
}

type lessor struct{ begin func() *txn }

func (l *lessor) setBegin(begin func() *txn) { l.begin = begin }

func newStore(l *lessor) *store {
	s := &store{}
	l.setBegin(func() *txn { return s.write() })
	return s
}

func Use(l *lessor) *store {
	s := newStore(l)
	t := l.begin()
	defer t.End()
	return s
}
