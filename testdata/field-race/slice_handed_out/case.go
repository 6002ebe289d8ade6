// Package slice_handed_out returns a slice from under its lock, and writes its elements in place.
package slice_handed_out

import (
	"slices"
	"sync"
)

type listener func(string)

type hub struct {
	mu        sync.Mutex
	listeners []listener
	names     []string
	history   []string
}

func (h *hub) add(name string, l listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names = append(h.names, name)
	h.listeners = append(h.listeners, l)
	h.history = append(h.history, name)
}

func (h *hub) remove(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at := slices.Index(h.names, name); at >= 0 {
		h.names = slices.Delete(slices.Clone(h.names), at, at+1)
		h.listeners = append(h.listeners[:at], h.listeners[at+1:]...)
	}
}

func (h *hub) all() []listener {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.listeners
}

// log hands out what is only appended to.
func (h *hub) log() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.history
}

func (h *hub) tell(what string) int {
	n := 0
	for _, line := range h.log() {
		n += len(line)
	}
	for _, each := range h.all() { // want "field slice_handed_out.hub.listeners\\[…\\] is read without slice_handed_out.hub.mu"
		each(what)
	}
	return n
}
