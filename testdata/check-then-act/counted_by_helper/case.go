// Package counted_by_helper asks for a count and takes one more in a second step, behind an interface; the step is
// made by a method that its caller has locked for.
package counted_by_helper

import "sync"

type seats interface {
	taken(room string) int
	most() int
	take(room string)
}

type hall struct {
	limit int

	mu    sync.Mutex
	rooms map[string]int
	peak  int
}

func (h *hall) most() int { return h.limit }

func (h *hall) taken(room string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[room]
}

func (h *hall) take(room string) {
	h.mu.Lock()
	h.addLocked(room, 1)
	h.mu.Unlock()
}

// leave does not look first.
func (h *hall) leave(room string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.addLocked(room, -1)
}

// tryTake looks and takes in one step.
func (h *hall) tryTake(room string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[room] >= h.limit {
		return false
	}
	h.addLocked(room, 1)
	return true
}

func (h *hall) addLocked(room string, n int) {
	h.rooms[room] += n
	h.peak = max(h.peak, h.rooms[room])
}

// Desk lets people in.
type Desk struct {
	seats seats
}

// NewDesk returns a desk.
func NewDesk(limit int) *Desk { return &Desk{&hall{limit: limit, rooms: map[string]int{}}} }

// Enter reports whether there was a seat.
func (d *Desk) Enter(room string) bool {
	if d.seats.taken(room) >= d.seats.most() { // step "tests"
		return false
	}
	d.seats.take(room) // want "tests d.seats.taken.* and then calls d.seats.take"
	return true
}
