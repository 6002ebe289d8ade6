// Package flag_without_signal signals each item, and not the end.
package flag_without_signal

import "sync"

type mailbox struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []int
	ended bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.some = sync.NewCond(&m.mu)
	return m
}

func (m *mailbox) put(item int) {
	m.mu.Lock()
	m.items = append(m.items, item)
	m.mu.Unlock()
	m.some.Signal()
}

func (m *mailbox) take() (int, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		if m.ended {
			return 0, false
		}
		if len(m.items) > 0 {
			break
		}
		m.some.Wait() // step "is not woken"
	}
	item := m.items[0]
	m.items = m.items[1:]
	return item, true
}

func (m *mailbox) end() {
	m.mu.Lock()
	m.ended = true // want "mailbox.ended is set for those who wait for it, and nobody wakes them"
	m.mu.Unlock()
}

func drain(m *mailbox, use func(int)) {
	for {
		item, ok := m.take()
		if !ok {
			return
		}
		use(item)
	}
}
