// Package keyed_lock locks by name, and leaves a name locked when it fails.
package keyed_lock

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

// Lock waits for a name.
func (l *locks) Lock(name string) { l.get(name).Lock() }

// Unlock gives it back.
func (l *locks) Unlock(name string) { l.get(name).Unlock() }

type archive struct {
	locks locks
	read  func(string) (string, error)
	write func(string, string) error
}

func (a *archive) add(name, line string) error {
	a.locks.Lock(name)
	old, err := a.read(name)
	if err != nil {
		return err // want "a key's lock of a.locks is not given back on a path on which archive.add returns"
	}
	err = a.write(name, old+line)
	a.locks.Unlock(name)
	return err
}

func (a *archive) remove(names []string) {
	for _, name := range names {
		a.locks.Lock(name) // want "a.locks.m.\[\] stays locked on a path on which archive.remove goes round its loop"
		if old, _ := a.read(name); old == "" {
			continue
		}
		a.write(name, "")
		a.locks.Unlock(name)
	}
}
