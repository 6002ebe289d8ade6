// Package all_closed_and_kept closes the channels of all at the end, and those of who leaves after that once more.
package all_closed_and_kept

import "sync"

type guest struct {
	at   *desk
	room int
	told chan string
}

type desk struct {
	mu     sync.Mutex
	shut   bool
	guests map[int]*guest
	staff  []*guest
}

func (d *desk) arrive(room int) *guest {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := &guest{at: d, room: room, told: make(chan string, 1)}
	d.guests[room] = g
	return g
}

func (d *desk) leave(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if g, ok := d.guests[room]; ok {
		delete(d.guests, room)
		close(g.told) // want "g.told may be closed twice: it stays in the map"
	}
}

func (d *desk) closeDown() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		return
	}
	d.shut = true
	for _, g := range d.guests {
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
			b.ring() // want "b may be closed twice: it stays in the map"
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
}

type line struct {
	mu    sync.Mutex
	calls map[chan string]bool
}

func (l *line) hangUp(call chan string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.calls, call)
	close(call) // want "call may be closed twice: nobody looks here whether it was closed together with all others"
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for call := range l.calls {
		close(call)
		delete(l.calls, call)
	}
}
