// Package iterated_under_lock has iterators that run the body of a loop under a lock, which the body takes again.
package iterated_under_lock

import (
	"iter"
	"sync"
)

type shelf[K comparable, V any] struct {
	mu    sync.RWMutex
	books map[K]V
	lent  int
}

// entries runs the body under the lock.
func (s *shelf[K, V]) entries() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		for k, v := range s.books {
			if !yield(k, v) {
				return
			}
		}
	}
}

// visit is an iterator itself.
func (s *shelf[K, V]) visit(yield func(V) bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, v := range s.books {
		if !yield(v) {
			break
		}
	}
}

// keys lets go of the lock before it runs the body.
func (s *shelf[K, V]) keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		s.mu.RLock()
		found := make([]K, 0, len(s.books))
		for k := range s.books {
			found = append(found, k)
		}
		s.mu.RUnlock()
		for _, k := range found {
			if !yield(k) {
				return
			}
		}
	}
}

func (s *shelf[K, V]) remove(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.books, k)
}

type library struct {
	names shelf[string, int]
	other shelf[string, int]
}

func (l *library) badSweep() {
	for name, copies := range l.names.entries() {
		if copies == 0 {
			l.names.remove(name) // want "locked again while this goroutine holds it"
		}
	}
}

func (l *library) badReset() {
	for copies := range l.names.visit {
		if copies < 0 {
			l.names.mu.Lock() // want "locked for writing while this goroutine holds it for reading"
			l.names.lent = 0
			l.names.mu.Unlock()
			return
		}
	}
}

// only goes over another iterator, under whose lock it runs the body.
func only[K, V any](all iter.Seq2[K, V], keep func(V) bool) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range all {
			if keep(v) && !yield(k, v) {
				return
			}
		}
	}
}

func (l *library) badThroughAnother() {
	for name := range only(l.names.entries(), func(copies int) bool { return copies == 0 }) {
		l.names.mu.Lock() // want "locked again while this goroutine holds it"
		delete(l.names.books, name)
		l.names.mu.Unlock()
	}
}

func (l *library) okThroughAnother() {
	for name := range only(l.names.entries(), func(copies int) bool { return copies == 0 }) {
		l.other.remove(name)
	}
}

func (l *library) badBeforeTheLoop() (n int) {
	l.names.mu.Lock()
	defer l.names.mu.Unlock()
	for range l.names.keys() { // want "locked again while this goroutine holds it"
		n++
	}
	return n
}

func (l *library) okAfterTheLoop(limit int) {
	last := ""
	for name, copies := range l.names.entries() {
		if copies > limit {
			last = name
			break
		}
		if copies < 0 {
			continue
		}
	}
	l.names.remove(last)
}

func (l *library) okReturns(limit int) string {
	for name, copies := range l.names.entries() {
		if copies > limit {
			return name
		}
	}
	return ""
}

func (l *library) okCallsAgain() {
	if name := l.okReturns(3); name != "" {
		l.names.remove(name)
	}
}

func (l *library) okLetsGoFirst() {
	for name := range l.names.keys() {
		l.names.remove(name)
	}
}

func (l *library) okOther() {
	for name := range l.names.entries() {
		l.other.remove(name)
	}
}
