// Package ok_newest_replaces takes the old value out of a buffer before it sends: all who send hold the lock.
package ok_newest_replaces

import "sync"

type station struct {
	mu       sync.Mutex
	reading  int
	displays map[*display]bool
}

type display struct {
	of  *station
	ins chan int
}

func (s *station) attach() *display {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := &display{of: s, ins: make(chan int, 1)}
	d.ins <- s.reading
	s.displays[d] = true
	return d
}

func (d *display) detach() {
	d.of.mu.Lock()
	defer d.of.mu.Unlock()
	delete(d.of.displays, d)
}

func (s *station) measured(reading int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reading = reading
	for d := range s.displays {
		select {
		case <-d.ins:
		default:
		}
		d.ins <- reading
	}
}

func (d *display) show(draw func(int) bool) {
	defer d.detach()
	for reading := range d.ins {
		if !draw(reading) {
			return
		}
	}
}

func run(draw func(int) bool) {
	s := &station{displays: map[*display]bool{}}
	go s.attach().show(draw)
	s.measured(20)
}
