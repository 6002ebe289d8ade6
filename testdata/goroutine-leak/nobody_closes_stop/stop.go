// Package nobody_closes_stop has a channel to end the goroutine by, and forgets to close it.
package nobody_closes_stop

import "time"

type session struct {
	quit chan struct{}
	ping func() error
}

type registry struct {
	sessions map[string]*session
}

func (r *registry) add(name string, ping func() error) {
	s := &session{quit: make(chan struct{}), ping: ping}
	r.sessions[name] = s
	go s.keepAlive() // want "this goroutine ends when s.quit is closed, which nobody does"
}

func (s *session) keepAlive() {
	for {
		select { // step "waits until it is closed"
		case <-s.quit:
			return
		case <-time.After(time.Second):
			_ = s.ping()
		}
	}
}

func (r *registry) remove(name string) {
	delete(r.sessions, name)
}
