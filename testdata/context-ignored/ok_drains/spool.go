package ok_drains

import (
	"context"
	"log"
	"sync"
)

type letter struct{ to string }

type spool struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters []letter
	held    map[string]letter
	closed  bool
}

func newSpool() *spool {
	s := &spool{held: make(map[string]letter)}
	s.arrived = sync.NewCond(&s.mu)
	return s
}

func (s *spool) put(one letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, one)
	s.arrived.Signal()
}

func (s *spool) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.arrived.Broadcast()
}

func (s *spool) next() (letter, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.letters) == 0 {
		if s.closed {
			return letter{}, false
		}
		s.arrived.Wait()
	}
	one := s.letters[0]
	s.letters = s.letters[1:]
	return one, true
}

func (s *spool) release() (letter, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for to, one := range s.held {
		delete(s.held, to)
		return one, true
	}
	return letter{}, false
}

func deliver(ctx context.Context, one letter, box chan<- letter) error {
	select {
	case box <- one:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// carry waits for the next letter, which is what the loop goes by.
func (s *spool) carry(ctx context.Context, box chan<- letter) {
	for {
		one, more := s.next()
		if !more {
			return
		}
		if err := deliver(ctx, one, box); err != nil {
			log.Print(one.to, err)
		}
	}
}

// flush comes to the end of what is held, delivered or not.
func (s *spool) flush(ctx context.Context, box chan<- letter) {
	for {
		one, more := s.release()
		if !more {
			return
		}
		if err := deliver(ctx, one, box); err != nil {
			log.Print(one.to, err)
		}
	}
}
