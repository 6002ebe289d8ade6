// Package ok_written_by_requests has a server whose requests write what is their own, or one at a time.
package ok_written_by_requests

import (
	"sync"
	"sync/atomic"
)

var (
	once   sync.Once
	limits []int
)

// rate is handed about as a copy.
type rate struct{ per int }

var standard = rate{per: 10}

type server struct {
	mu      sync.Mutex
	total   int
	table   map[string]*account
	busy    atomic.Bool
	audited string
	teller  *teller
	options options
	turn    chan struct{}
	told    string
	asked   string
}

type options struct{ log func(string) }

type account struct {
	mu   sync.Mutex
	name string
	sum  int
}

func newServer() *server {
	s := &server{table: map[string]*account{}, teller: &teller{}, turn: make(chan struct{}, 1)}
	if s.options.log == nil {
		s.options.log = func(string) {}
	}
	return s
}

// Post counts with the lock.
func (s *server) Post(name string) int {
	s.logger()(name)
	a := s.account(name)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.add()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count()
	return s.total + with(standard)
}

// logger sets what newServer has set already, so that it never does.
func (s *server) logger() func(string) {
	if s.options.log == nil {
		s.options.log = func(string) {}
	}
	return s.options.log
}

func (s *server) count() { s.total++ }

func (s *server) account(name string) *account {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.table[name]
	if a == nil {
		a = &account{}
		a.name = name
		s.table[name] = a
	}
	return a
}

func (a *account) add() { a.sum++ }

func with(r rate) int {
	r.per++
	return r.per
}

// Balance fills what is filled once.
func (s *server) Balance(name string) int {
	once.Do(func() { limits = []int{1, 2} })
	q := &query{server: s}
	q.run(name)
	return q.found + len(limits)
}

// query belongs to one request.
type query struct {
	server *server
	found  int
}

func (q *query) run(name string) {
	q.found = len(name)
	q.server.teller.ask(name)
}

// teller serves one request at a time.
type teller struct {
	mu   sync.Mutex
	name string
}

func (t *teller) ask(name string) {
	t.locked(func() { t.name = name })
}

func (t *teller) locked(do func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	do()
}

// Audit lets one request in.
func (s *server) Audit(name string) int {
	if !s.busy.CompareAndSwap(false, true) {
		return 0
	}
	defer s.busy.Store(false)
	s.audit(name)
	return 1
}

func (s *server) audit(name string) { s.audited = name }

// Tell has the only token of a channel.
func (s *server) Tell(name string) int {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	s.told = name
	return s.tell()
}

func (s *server) tell() int {
	s.told += "!"
	return len(s.told)
}

// Ask has it as well.
func (s *server) Ask(name string) int {
	s.enter()
	s.asked = name
	s.leave()
	return 1
}

func (s *server) enter() { s.turn <- struct{}{} }
func (s *server) leave() { <-s.turn }

func serve() *server {
	s := newServer()
	RegisterLedgerServer(s)
	return s
}
