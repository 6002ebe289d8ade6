// Package ok_time_bomb calls its timers off on every way out, or lets them do nothing.
package ok_time_bomb

import (
	"log"
	"time"
)

type server struct{ serving bool }

func (s *server) deferred(limit time.Duration) {
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-time.After(limit):
			log.Print("shutdown takes long")
		case <-finished:
		}
	}()
	if !s.serving {
		return
	}
	s.serving = false
}

func (s *server) later(limit time.Duration) {
	finished := make(chan struct{})
	go func() {
		select {
		case <-time.After(limit):
			log.Print("shutdown takes long")
		case <-finished:
		}
	}()
	if !s.serving {
		close(finished)
		return
	}
	s.serving = false
	close(finished)
}

func (s *server) quiet(limit time.Duration) {
	finished := make(chan struct{})
	go func() {
		select {
		case <-time.After(limit):
		case <-finished:
		}
	}()
	if s.serving {
		close(finished)
	}
}
