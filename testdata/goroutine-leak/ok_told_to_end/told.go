// Package ok_told_to_end ends its goroutines: a flag behind a broadcast of the caller, a channel that is closed through
// another name, stages that close what they write to.
package ok_told_to_end

import (
	"context"
	"sync"
	"time"
)

type mailbox struct {
	mu    sync.Mutex
	some  sync.Cond
	items []int
	ended bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.some.L = &m.mu
	m.ended = true
	return m
}

func (m *mailbox) begin() {
	m.mu.Lock()
	m.ended = false
	m.mu.Unlock()
}

func (m *mailbox) take() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.items) == 0 && !m.ended {
		m.some.Wait()
	}
	return len(m.items) > 0
}

func (m *mailbox) endLocked() { m.ended = true }

func (m *mailbox) end() {
	m.mu.Lock()
	m.endLocked()
	m.mu.Unlock()
	m.some.Broadcast()
}

type session struct {
	quit chan struct{}
	done <-chan struct{}
}

func open(ctx context.Context) *session {
	s := &session{quit: make(chan struct{}), done: ctx.Done()}
	go s.keepAlive()
	return s
}

func (s *session) keepAlive() {
	for {
		select {
		case <-s.quit:
			return
		case <-time.After(time.Second):
		}
	}
}

func (s *session) watch() { <-s.done }

func (s *session) begin() { go s.watch() }

func (s *session) end() {
	end := s.quit
	close(end)
}

func stage(from <-chan int) chan int {
	to := make(chan int, 4)
	go func() {
		defer close(to)
		for value := range from {
			to <- value
		}
	}()
	return to
}
