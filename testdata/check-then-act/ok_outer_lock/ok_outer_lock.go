// Package ok_outer_lock takes an inner lock twice, but every caller holds an outer one.
package ok_outer_lock

import "sync"

type conn struct{ done chan struct{} }

type Table struct {
	outer sync.Mutex
	mu    sync.Mutex
	conns map[string]*conn
}

func (t *Table) Open(name string) *conn {
	t.outer.Lock()
	defer t.outer.Unlock()
	return t.open(name)
}

func (t *Table) Reopen(name string) *conn {
	t.outer.Lock()
	defer t.outer.Unlock()
	t.mu.Lock()
	delete(t.conns, name)
	t.mu.Unlock()
	return t.open(name)
}

func (t *Table) open(name string) *conn {
	t.mu.Lock()
	c := t.conns[name]
	t.mu.Unlock()
	if c != nil {
		return c
	}
	c = &conn{done: make(chan struct{})}
	t.mu.Lock()
	t.conns[name] = c
	t.mu.Unlock()
	return c
}
