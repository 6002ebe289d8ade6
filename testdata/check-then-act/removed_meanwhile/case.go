// Package removed_meanwhile has two maps of the same keys. What is found in one of them is put into the other once the
// lock has been free.
package removed_meanwhile

import "sync"

type guest struct {
	name  string
	until int
}

type house struct {
	ask func(*guest) bool

	mu     sync.RWMutex
	guests map[string]*guest
	bills  map[string]int
}

func (h *house) enter(name string) *guest {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := &guest{name: name}
	h.guests[name] = g
	h.bills[name] = 0
	return g
}

func (h *house) leave(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.guests, name)
	delete(h.bills, name)
}

// order asks without the lock, and writes the bill of a guest who may be gone.
func (h *house) order(name string, price int) bool {
	h.mu.RLock()
	g, ok := h.guests[name] // step "tests"
	h.mu.RUnlock()
	if !ok || !h.ask(g) {
		return false
	}
	h.mu.Lock()
	h.bills[g.name] = price // want "tests h.guests.* and then sets h.bills.* in two critical sections: another goroutine may have removed it"
	h.mu.Unlock()
	return true
}

func (h *house) writeLocked(g *guest, price int) { h.bills[g.name] += price }

// add does the same through a helper.
func (h *house) add(name string, price int) bool {
	h.mu.Lock()
	g := h.guests[name]
	if g == nil {
		h.mu.Unlock()
		return false
	}
	h.mu.Unlock()
	if !h.ask(g) {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.writeLocked(g, price) // want "tests h.guests.* and then calls h.writeLocked.* in two critical sections"
	return true
}
