// Package ok_looked_up changes entries under their own lock, under that of the table, or once they are out of it.
package ok_looked_up

import "sync"

type session struct {
	mu     sync.Mutex
	hits   int
	last   string
	closed bool
}

type store struct {
	mu       sync.Mutex
	sessions map[string]*session
}

func (s *store) get(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.sessions[id]
	if !ok {
		found = &session{}
		found.last = "none"
		s.sessions[id] = found
	}
	return found
}

func (s *store) hit(id string) {
	found := s.get(id)
	found.mu.Lock()
	defer found.mu.Unlock()
	found.hits++
}

func (s *store) visit(id, page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.sessions[id]; ok {
		found.last = page
	}
}

func (s *store) remove(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	delete(s.sessions, id)
	return found
}

func (s *store) end(id string) {
	if found := s.remove(id); found != nil {
		found.closed = true
	}
}

func (s *store) total() (int, string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum, last, closed := 0, "", false
	for _, one := range s.sessions {
		one.mu.Lock()
		sum += one.hits
		one.mu.Unlock()
		last = one.last
		closed = closed || one.closed
	}
	return sum, last, closed
}

func serve(times int) {
	s := &store{sessions: map[string]*session{}}
	var done sync.WaitGroup
	for range times {
		done.Go(func() {
			s.hit("a")
			s.visit("a", "index")
			s.end("a")
		})
		done.Go(func() { s.total() })
	}
	done.Wait()
}
