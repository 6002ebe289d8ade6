// Package ok_all_closed_and_forgotten closes the channels of all at the end, and nobody closes one of them after that.
package ok_all_closed_and_forgotten

import "sync"

type guest struct {
	room int
	told chan string
}

type desk struct {
	mu      sync.Mutex
	present sync.WaitGroup
	guests  map[int]*guest
	staff   map[int]*guest
	shut    bool
	porters map[int]*guest
	night   map[int]*guest
}

func (d *desk) leave(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g, ok := d.guests[room]; ok {
		delete(d.guests, room)
		close(g.told)
	}
}

func (d *desk) closeDown() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for room, g := range d.guests {
		delete(d.guests, room)
		close(g.told)
	}
}

func (d *desk) dismiss(id int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.present.Done()
	if g, ok := d.staff[id]; ok {
		delete(d.staff, id)
		close(g.told)
	}
}

func (d *desk) closeForStaff() {
	d.present.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, g := range d.staff {
		close(g.told)
	}
}

func (d *desk) release(id int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		return
	}
	g := d.porters[id]
	delete(d.porters, id)
	close(g.told)
}

func (d *desk) releaseAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	for _, g := range d.porters {
		close(g.told)
	}
}

type bell struct{ rung chan struct{} }

func (b *bell) ring() { close(b.rung) }

type tower struct {
	mu    sync.Mutex
	bells []*bell
}

func (t *tower) take(wanted *bell) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, b := range t.bells {
		if b == wanted {
			t.bells = append(t.bells[:i], t.bells[i+1:]...)
			b.ring()
			return
		}
	}
}

func (t *tower) ringAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, b := range t.bells {
		b.ring()
	}
	t.bells = nil
}

type line struct {
	mu    sync.Mutex
	calls map[chan string]bool
}

func (l *line) hangUp(call chan string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.calls[call] {
		return
	}
	delete(l.calls, call)
	close(call)
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for call := range l.calls {
		l.end(call)
	}
}

func (l *line) end(call chan string) {
	delete(l.calls, call)
	close(call)
}

type hotels struct {
	mu    sync.Mutex
	desks map[string]*desk
}

func (h *hotels) demolish(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.desks[name]
	delete(h.desks, name)
	for _, g := range d.night {
		close(g.told)
	}
}

func (h *hotels) leave(name string, room int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.desks[name]
	if d == nil {
		return
	}
	if g, ok := d.night[room]; ok {
		delete(d.night, room)
		close(g.told)
	}
}
