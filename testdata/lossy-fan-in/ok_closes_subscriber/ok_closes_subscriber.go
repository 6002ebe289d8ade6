// Package ok_closes_subscriber closes and forgets the subscriber that does not keep up: it knows (idiom B5).
package ok_closes_subscriber

import "sync"

type health struct{ name string }

type streamer struct {
	mu   sync.Mutex
	subs map[chan *health]bool
}

func (s *streamer) subscribe() chan *health {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan *health, 2)
	s.subs[c] = true
	return c
}

func (s *streamer) broadcast(h *health) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.subs {
		select {
		case c <- h:
		default:
			close(c)
			delete(s.subs, c)
		}
	}
}

func run(names []string, apply func(*health)) {
	s := &streamer{subs: map[chan *health]bool{}}
	for _, name := range names {
		go s.broadcast(&health{name})
	}
	for {
		for h := range s.subscribe() {
			apply(h)
		}
	}
}
