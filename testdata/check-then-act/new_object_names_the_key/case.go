// Package new_object_names_the_key looks for a name and then files a new object that carries it.
package new_object_names_the_key

import (
	"fmt"
	"sync"
)

type Peer struct{ Name string }

type session struct {
	peer  *Peer
	label string
	done  chan struct{}
}

type Sessions struct {
	mu   sync.Mutex
	open map[string]*session
}

func (s *Sessions) find(name string) (*session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.open[name]
	return found, ok
}

func (s *Sessions) file(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[one.peer.Name] = one
}

func (s *Sessions) label(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[one.label] = one
}

// Open makes the session of a peer that has none.
func (s *Sessions) Open(peer *Peer) error {
	if _, ok := s.find(peer.Name); ok {
		return fmt.Errorf("%s has a session", peer.Name)
	}
	fresh := &session{peer: peer, label: peer.Name, done: make(chan struct{})}
	s.file(fresh) // want "tests s.find.* and then calls s.file.* may both create one" 
	return nil
}

// Numbered files the session under a label of its own, not under the name that it looked for.
func (s *Sessions) Numbered(peer *Peer, number int) {
	if _, ok := s.find(peer.Name); ok {
		return
	}
	fresh := &session{peer: peer, label: peer.Name, done: make(chan struct{})}
	fresh.label = fmt.Sprint(peer.Name, number)
	s.label(fresh)
}

func serve(s *Sessions, peers []*Peer) {
	for at, peer := range peers {
		go func() {
			if err := s.Open(peer); err != nil {
				s.Numbered(peer, at)
			}
		}()
	}
}
