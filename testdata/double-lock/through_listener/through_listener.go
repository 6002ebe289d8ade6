// Package through_listener tells a listener something under a lock; the listener asks back and takes it again.
package through_listener

import "sync"

type listener interface{ left(name string) }

type counted interface{ count() int }

type room struct {
	sync.Mutex
	guests map[string]bool
	ear    listener
}

func newRoom() *room { return &room{guests: map[string]bool{}} }

func (r *room) listen(ear listener) {
	r.Lock()
	defer r.Unlock()
	r.ear = ear
}

func (r *room) count() int {
	r.Lock()
	defer r.Unlock()
	return len(r.guests)
}

func (r *room) leave(name string) {
	r.Lock() // step "takes r"
	defer r.Unlock()
	delete(r.guests, name)
	if r.ear != nil {
		r.ear.left(name) // want "r is locked again while this goroutine holds it"
	}
}

type board struct {
	of   counted
	last int
}

func newBoard(of counted) *board { return &board{of: of} }

func (b *board) left(string) { b.last = b.of.count() }

func open() *room {
	r := newRoom()
	r.listen(newBoard(r))
	return r
}

// Further rooms send their guests on to the next one: that is another lock.

type usher interface{ take(name string) }

type hall struct {
	mu     sync.Mutex
	guests map[string]bool
	next   usher
}

func (h *hall) enter(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.guests) > 10 && h.next != nil {
		h.next.take(name)
		return
	}
	h.guests[name] = true
}

type stairs struct{ up *hall }

func (s *stairs) take(name string) { s.up.enter(name) }

func build() *hall {
	upper := &hall{guests: map[string]bool{}}
	lower := &hall{guests: map[string]bool{}}
	lower.next = &stairs{upper}
	return lower
}
