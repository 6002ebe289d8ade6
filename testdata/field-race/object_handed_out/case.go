// Package object_handed_out returns objects from under the lock of the map that they are in, and writes them in place.
package object_handed_out

import "sync"

type seat struct {
	number int
	taken  bool
	owner  string
}

func (s *seat) label() string {
	return s.owner // want "field object_handed_out.hall.seats\\[…\\].owner is read without"
}

type hall struct {
	mu    sync.RWMutex
	seats map[int]*seat
	order []*seat
}

func (h *hall) book(number int, owner string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s, ok := h.seats[number]; ok {
		s.taken = true
		s.owner = owner
		return
	}
	s := &seat{number: number, taken: true, owner: owner}
	h.seats[number] = s
	h.order = append(h.order, s)
}

func (h *hall) seat(number int) *seat {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s, ok := h.seats[number]
	if !ok {
		return nil
	}
	return s // step "handed out by hall.seat, which gives object_handed_out.hall.mu back"
}

func (h *hall) all() []*seat {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []*seat
	for _, s := range h.seats {
		found = append(found, s)
	}
	return found
}

// copyOf gives back what nobody else writes.
func (h *hall) copyOf(number int) *seat {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s := *h.seats[number]
	return &s
}

func free(h *hall) int {
	n := 0
	for _, s := range h.all() {
		if !s.taken { // want "field object_handed_out.hall.seats\\[…\\].taken is read without object_handed_out.hall.mu"
			n++
		}
	}
	return n
}

func who(h *hall) string {
	if s := h.seat(1); s != nil {
		return s.label()
	}
	return ""
}

// number is never written again, and a copy is the caller's own.
func number(h *hall) (int, bool) {
	return h.seat(1).number, h.copyOf(1).taken
}

// asked holds the lock on.
func (h *hall) asked(number int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.seats[number]
	return s.taken
}
