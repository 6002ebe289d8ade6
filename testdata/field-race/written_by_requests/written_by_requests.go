// Package written_by_requests has a server whose requests, beside each other, set what they share: a field of an object
// that each request's own object refers to, a package variable, and an object that a package variable refers to.
package written_by_requests

import "sync/atomic"

var ticks atomic.Int64

var lastName string

type outcome struct{ note string }

var accepted = &outcome{}

// books is what the server hands its requests on to.
type books interface {
	enter(name string) (int, error)
	sum(name string) (int, error)
}

type server struct{ books books }

func (s *server) Post(name string) (int, error) { // step "requests come in"
	return s.books.enter(name) // step "which calls"
}

func (s *server) Balance(name string) (int, error) {
	return s.books.sum(name)
}

type paper struct{}

func (paper) enter(string) (int, error) { return 0, nil }
func (paper) sum(string) (int, error)   { return 0, nil }

type bank struct {
	meter *meter
	limit int
}

func (b *bank) enter(name string) (int, error) {
	e, err := b.open(name)
	if err != nil {
		return 0, err
	}
	return e.post() // step "which calls"
}

func (b *bank) sum(name string) (int, error) {
	remember(name)
	result := accepted
	if name == "" {
		result.note = "anonymous" // want "field result.note is written by requests"
	}
	return len(result.note), nil
}

func remember(name string) {
	lastName = name // want "variable lastName is written by requests"
}

func (b *bank) open(name string) (*entry, error) {
	e, err := func() (*entry, error) {
		return newEntry(name, b), nil
	}()
	return e, err
}

// entry belongs to one request; its bank does not.
type entry struct {
	name string
	size int
	bank *bank
}

func newEntry(name string, of *bank) *entry {
	return &entry{name: name, bank: of}
}

func (e *entry) post() (int, error) {
	e.size = len(e.name)
	if e.bank.meter.isFresh() { // step "which calls"
		return 0, nil
	}
	return e.size, nil
}

// meter remembers when it was asked last.
type meter struct{ last int64 }

func (m *meter) isFresh() bool {
	now := ticks.Load()
	if m.last >= now {
		return true
	}
	m.last = now // want "field m.last is written by requests"
	return false
}

func serve(onPaper bool) *server {
	s := &server{books: &bank{meter: &meter{}, limit: 10}}
	if onPaper {
		s.books = paper{}
	}
	RegisterLedgerServer(s)
	return s
}
