// Package closed_but_kept closes a subscriber that does not keep up and leaves it in the list: the next change meets the
// closed channel.
package closed_but_kept

import "sync"

type streamer struct {
	mu      sync.Mutex
	clients []chan string
}

func (s *streamer) register() chan string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan string, 20)
	s.clients = append(s.clients, c)
	return c
}

func (s *streamer) change(kinds []string) {
	c := s.register()
	for _, kind := range kinds {
		select {
		case c <- kind:
		default:
			close(c) // want "c may be closed twice" "c is closed, and sent on afterwards"
		}
	}
}
