// Package ok_keyed_lock locks several names, hands a locked one on, or gives it back wherever it is done.
package ok_keyed_lock

import (
	"errors"
	"sync"
)

var errEmpty = errors.New("empty")

type locks struct {
	mu sync.Mutex
	m  map[string]*sync.Mutex
}

func (l *locks) get(name string) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.m[name] == nil {
		l.m[name] = &sync.Mutex{}
	}
	return l.m[name]
}

func (l *locks) lock(name string) { l.get(name).Lock() }

func (l *locks) unlock(name string) { l.get(name).Unlock() }

type archive struct {
	locks locks
	read  func(string) string
	write func(string, string)
}

func (a *archive) swap(one, other string) {
	a.locks.lock(one)
	a.locks.lock(other)
	a.write(one, a.read(other))
	a.locks.unlock(other)
	a.locks.unlock(one)
}

func (a *archive) all(names []string) error {
	for at, name := range names {
		a.locks.lock(name)
		if name == "" {
			for _, locked := range names[:at+1] {
				a.locks.unlock(locked)
			}
			return errEmpty
		}
	}
	for _, name := range names {
		a.locks.unlock(name)
	}
	return nil
}

func (a *archive) begin(name string) (func(), error) {
	a.locks.lock(name)
	if a.read(name) == "" {
		a.locks.unlock(name)
		return nil, errEmpty
	}
	return func() { a.locks.unlock(name) }, nil
}

func (a *archive) add(name, line string) error {
	a.locks.lock(name)
	if line == "" {
		a.done(name)
		return errEmpty
	}
	a.write(name, a.read(name)+line)
	a.done(name)
	return nil
}

func (a *archive) done(name string) { a.locks.unlock(name) }

func (a *archive) later(name, line string) {
	a.locks.lock(name)
	go func() {
		defer a.locks.unlock(name)
		a.write(name, line)
	}()
}
