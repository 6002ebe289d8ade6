// Package generic_instance takes the lock of an index under that of its reader, and the other way round.
package generic_instance

import "sync"

type index[T any] struct {
	sync.RWMutex
	byName map[string]T
}

func newIndex[T any]() *index[T] { return &index[T]{byName: map[string]T{}} }

func (x *index[T]) put(name string, value T) {
	x.Lock()
	defer x.Unlock()
	x.byName[name] = value
}

func (x *index[T]) each(visit func(T)) {
	x.RLock()
	defer x.RUnlock()
	for _, value := range x.byName {
		visit(value)
	}
}

type reader struct {
	mu   sync.Mutex
	seen int
	all  *index[*reader]
}

func (r *reader) tell() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen++
}

func (r *reader) rename(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all.put(name, r)
}

type library struct{ readers *index[*reader] }

func (l *library) announce() {
	l.readers.each(func(r *reader) { r.tell() }) // want "r.mu is taken while x is held"
}

func run() {
	all := newIndex[*reader]()
	l := &library{readers: all}
	r := &reader{all: all}
	all.put("one", r)
	go r.rename("two")
	go l.announce()
}
