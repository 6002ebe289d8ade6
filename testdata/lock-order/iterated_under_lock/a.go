// Package iterated_under_lock has an iterator under whose lock the body of a loop takes another, and a method that
// takes the two the other way round.
package iterated_under_lock

import (
	"iter"
	"sync"
)

type guest struct {
	mu    sync.Mutex
	house *house
	awake bool
}

type house struct {
	mu     sync.Mutex
	guests []*guest
}

func (h *house) everyone() iter.Seq2[int, *guest] {
	return func(yield func(int, *guest) bool) {
		h.mu.Lock()
		defer h.mu.Unlock()
		for i, g := range h.guests {
			if !yield(i, g) {
				return
			}
		}
	}
}

func (h *house) leave(who *guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, g := range h.guests {
		if g == who {
			h.guests = append(h.guests[:i], h.guests[i+1:]...)
			return
		}
	}
}

func (g *guest) isAwake() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.awake
}

func (h *house) badCount() (n int) {
	for _, g := range h.everyone() {
		if g.isAwake() {
			n++
		}
	}
	return n
}

func (g *guest) badLeave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.awake = false
	g.house.leave(g) // want "house.badCount takes g.mu while it holds iterated_under_lock.house.mu"
}

type bed struct {
	mu    sync.Mutex
	made  bool
	hotel *hotel
}

type hotel struct {
	mu   sync.Mutex
	beds []*bed
}

func (h *hotel) all() iter.Seq[*bed] {
	return func(yield func(*bed) bool) {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, b := range h.beds {
			if !yield(b) {
				return
			}
		}
	}
}

func (h *hotel) okFirstMade() *bed {
	var first *bed
	for b := range h.all() {
		first = b
		break
	}
	if first == nil {
		return nil
	}
	first.mu.Lock() // the iterator has let go of the hotel
	defer first.mu.Unlock()
	first.made = true
	return first
}

func (b *bed) okRoom() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hotel.mu.Lock()
	defer b.hotel.mu.Unlock()
	return len(b.hotel.beds)
}
