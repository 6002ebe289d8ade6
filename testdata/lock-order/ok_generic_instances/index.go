// Package ok_generic_instances has locks of one generic type in objects that are never the same: of other instances.
package ok_generic_instances

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
	mu     sync.Mutex
	seen   int
	wanted *index[struct{}]
}

func (r *reader) tell() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen++
}

func (r *reader) want(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wanted.put(name, struct{}{})
}

type library struct{ readers *index[*reader] }

func (l *library) announce() { l.readers.each(func(r *reader) { r.tell() }) }

func run() {
	l := &library{readers: newIndex[*reader]()}
	r := &reader{wanted: newIndex[struct{}]()}
	l.readers.put("one", r)
	go r.want("a")
	go l.announce()
}
