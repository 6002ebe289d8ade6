// Package state_without_signal ends waits by a bit, a state, an error or an atomic flag, and does not say so, or says so
// to those who wait for something else.
package state_without_signal

import (
	"errors"
	"sync"
	"sync/atomic"
)

type marks uint8

const (
	draining marks = 1 << iota
	gone
)

func (m *marks) add(one marks)     { *m |= one }
func (m marks) have(one marks) bool { return m&one != 0 }

type line struct {
	mu    sync.Mutex
	marks marks
	calls []string
	ring  *sync.Cond
	idle  *sync.Cond
}

func newLine() *line {
	l := &line{}
	l.ring, l.idle = sync.NewCond(&l.mu), sync.NewCond(&l.mu)
	return l
}

func (l *line) call(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls = append(l.calls, name)
	l.ring.Signal()
}

func (l *line) answer() (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.calls) == 0 {
		if l.marks.have(gone) {
			return "", false
		}
		l.ring.Wait() // step "is not woken"
	}
	name := l.calls[0]
	l.calls = l.calls[1:]
	l.idle.Broadcast()
	return name, true
}

func (l *line) settle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.calls) > 0 && !l.marks.have(gone) {
		l.marks.add(draining)
		l.idle.Wait()
	}
}

func (l *line) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.marks.add(gone) // want "line.marks is set for those who wait for it, and nobody wakes them"
	l.idle.Broadcast()
}

type phase int

const (
	opening phase = iota
	ready
	failed
)

type boot struct {
	mu    sync.Mutex
	moved sync.Cond
	phase phase
}

func (b *boot) enter(next phase) { b.phase = next }

func (b *boot) open() {
	b.mu.Lock()
	b.enter(ready)
	b.mu.Unlock()
	b.moved.Broadcast()
}

func (b *boot) fail() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.enter(failed) // want "boot.phase is set for those who wait for it, and nobody wakes them"
}

func (b *boot) await() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		switch b.phase {
		case ready:
			return true
		case failed:
			return false
		}
		b.moved.Wait()
	}
}

type inbox struct {
	mu    sync.Mutex
	some  sync.Cond
	mails []string
	err   error
	off   atomic.Bool
}

func (i *inbox) put(mail string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.mails = append(i.mails, mail)
	i.some.Signal()
}

func (i *inbox) take() (string, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.mails) == 0 && i.err == nil && !i.off.Load() {
		i.some.Wait()
	}
	if len(i.mails) == 0 {
		return "", errors.Join(i.err, errors.New("off"))
	}
	mail := i.mails[0]
	i.mails = i.mails[1:]
	return mail, nil
}

func (i *inbox) fail(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.err = err // want "inbox.err is set for those who wait for it, and nobody wakes them"
}

func (i *inbox) clear() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.err = nil
}

func (i *inbox) stop() {
	i.off.Store(true) // want "inbox.off is set for those who wait for it, and nobody wakes them"
}

// gate tells each change, in one function or another.
type gate struct {
	mu      sync.Mutex
	changed sync.Cond
	marks   marks
	phase   phase
}

func (g *gate) set(one marks, next phase) {
	g.marks |= one
	g.phase = next
}

func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set(gone, failed)
	g.changed.Broadcast()
}

func (g *gate) pass() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set(draining, opening)
	for g.marks&gone == 0 && g.phase != failed {
		g.changed.Wait()
	}
	return g.phase == ready
}
