// Package sent_without_lock closes channels of listeners while copies of their list are still in use.
package sent_without_lock

import (
	"maps"
	"slices"
	"sync"
)

type listener[T any] struct{ news chan T }

func (l *listener[T]) tell(one T) {
	select {
	case l.news <- one: // want "this send on l.news may meet a closed channel: it is closed under a lock that is not held here"
	default:
	}
}

type board[T any] struct {
	mu        sync.Mutex
	listeners []*listener[T]
}

func (b *board[T]) listen() *listener[T] {
	l := &listener[T]{news: make(chan T, 16)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners = append(b.listeners, l)
	return l
}

func (b *board[T]) leave(l *listener[T]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if at := slices.Index(b.listeners, l); at >= 0 {
		b.listeners = slices.Delete(b.listeners, at, at+1)
		close(l.news) // step "the channel is closed under a lock"
	}
}

func (b *board[T]) all() []*listener[T] {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.listeners)
}

func (b *board[T]) badPublish(one T) {
	for _, l := range b.all() {
		l.tell(one)
	}
}

func useBoard(b *board[int]) {
	go b.badPublish(1)
	l := b.listen()
	defer b.leave(l)
	<-l.news
}

// mailbox looks a channel up, and sends when it has given the lock back.
type mailbox struct {
	mu    sync.RWMutex
	slots map[string]chan string
}

func (m *mailbox) open(name string) <-chan string {
	slot := make(chan string)
	m.mu.Lock()
	m.slots[name] = slot
	m.mu.Unlock()
	return slot
}

func (m *mailbox) badPost(name, letter string) {
	m.mu.RLock()
	slot, known := m.slots[name]
	m.mu.RUnlock()
	if known {
		slot <- letter // want "this send on slot may meet a closed channel"
	}
}

func (m *mailbox) badToAll(letter string) {
	m.mu.RLock()
	slots := slices.Collect(maps.Values(m.slots))
	m.mu.RUnlock()
	for _, slot := range slots {
		slot <- letter // want "this send on slot may meet a closed channel"
	}
}

func (m *mailbox) shut() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, slot := range m.slots {
		delete(m.slots, name)
		close(slot)
	}
}

func useMailbox(m *mailbox) {
	slot := m.open("me")
	go m.badPost("me", "hello")
	go m.badToAll("hello")
	<-slot
	m.shut()
}
