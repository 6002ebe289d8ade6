// Package through_interface comes back to its own lock through the only implementation of an interface.
package through_interface

import "sync"

type sink interface{ Flush() }

type buffer struct {
	mu    sync.Mutex
	lines []string
	out   sink
}

type writer struct{ from *buffer }

func (w *writer) Flush() { w.from.drain() }

func newBuffer() *buffer {
	b := &buffer{}
	b.out = &writer{from: b}
	return b
}

func (b *buffer) drain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = nil
}

func fill(b *buffer) {
	w := &writer{from: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, "x")
	write(w) // want "b.mu is locked again"
}

func write(s sink) { s.Flush() }
