// Package ok_found_again looks whether the entry is still there once it has the lock again, or never gives it back.
package ok_found_again

import "sync"

type guest struct {
	name string
}

type house struct {
	ask func(*guest) bool

	mu     sync.Mutex
	guests map[string]*guest
	bills  map[string]int
	asked  map[string]bool
}

func (h *house) enter(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests[name] = &guest{name}
	h.bills[name] = 0
}

func (h *house) leave(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.guests, name)
	delete(h.bills, name)
}

func (h *house) order(name string, price int) bool {
	h.mu.Lock()
	g := h.guests[name]
	h.mu.Unlock()
	if g == nil || !h.ask(g) {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.guests[name] != g {
		return false
	}
	h.bills[g.name] = price
	return true
}

func (h *house) at(name string, price int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := h.guests[name]
	if g == nil {
		return false
	}
	h.bills[g.name] = price
	return true
}

// note writes what stays: it is not removed with the guest.
func (h *house) note(name string) {
	h.mu.Lock()
	g := h.guests[name]
	h.mu.Unlock()
	if g == nil {
		return
	}
	yes := h.ask(g)
	h.mu.Lock()
	h.asked[g.name] = yes
	h.mu.Unlock()
}
