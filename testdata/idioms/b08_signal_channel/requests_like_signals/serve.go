// Package requests_like_signals treats requests of many goroutines as if they were signals: with room for one, and no word
// when it is taken.
package requests_like_signals

import (
	"os"
	"os/signal"
)

type request struct {
	signal os.Signal
	target string
}

type server struct{ requests chan *request }

func newServer() *server {
	return &server{requests: make(chan *request, 1)} // step "capacity 1"
}

func (s *server) ask(r *request) {
	select {
	case s.requests <- r: // want "many goroutines send on s.requests, which holds 1"
	default:
	}
}

func run(targets []string, stop func(*request)) {
	s := newServer()
	for _, target := range targets {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		go func() { // step "goroutine"
			for sig := range signals {
				s.ask(&request{sig, target})
			}
		}()
	}
	for r := range s.requests {
		stop(r)
	}
}
