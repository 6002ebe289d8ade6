// Package lock_of_condition takes a mutex by its own name while it holds it as the lock of a condition.
package lock_of_condition

import "sync"

type mailbox struct {
	guard   sync.Mutex
	arrived sync.Cond
	letters []string
	closed  bool
}

func newMailbox() *mailbox {
	b := &mailbox{}
	b.arrived.L = &b.guard
	return b
}

func (b *mailbox) post(letter string) {
	b.arrived.L.Lock() // step "takes b.arrived.L"
	defer b.arrived.L.Unlock()
	if len(letter) == 0 {
		b.close() // want "b.arrived.L is locked again while this goroutine holds it"
		return
	}
	b.letters = append(b.letters, letter)
	b.arrived.Signal()
}

func (b *mailbox) close() {
	b.guard.Lock()
	defer b.guard.Unlock()
	b.closed = true
	b.arrived.Broadcast()
}

type turnstile struct {
	free *sync.Cond
	mu   *sync.Mutex
	side sync.Mutex
	open int
}

func newTurnstile() *turnstile {
	mu := &sync.Mutex{}
	return &turnstile{free: sync.NewCond(mu), mu: mu}
}

func (t *turnstile) enter() {
	free := t.free
	free.L.Lock() // step "takes free.L"
	defer free.L.Unlock()
	t.count() // want "free.L is locked again while this goroutine holds it"
}

func (t *turnstile) count() {
	t.mu.Lock()
	t.open++
	t.mu.Unlock()
}

func (t *turnstile) leave() {
	t.free.L.Lock()
	t.open--
	t.free.L.Unlock()
	t.count()
}

func (t *turnstile) beside() {
	t.free.L.Lock()
	defer t.free.L.Unlock()
	t.side.Lock()
	defer t.side.Unlock()
}

// lane waits with a lock that others may have, too: whose it is cannot be told.
type lane struct {
	mu   sync.Mutex
	free *sync.Cond
}

func newLane(shared *sync.Mutex, alone bool) *lane {
	l := &lane{}
	l.free = sync.NewCond(shared)
	if alone {
		l.free = sync.NewCond(&l.mu)
	}
	return l
}

func (l *lane) pass() {
	l.free.L.Lock()
	defer l.free.L.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
}
