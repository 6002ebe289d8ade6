// Package looked_up locks a table while it looks for an entry, and changes the entry without the lock.
package looked_up

import "sync"

type session struct {
	hits int
	last string
}

type store struct {
	mu       sync.Mutex
	sessions map[string]*session
}

// get finds a session, or makes one.
func (s *store) get(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.sessions[id]
	if !ok {
		found = newSession()
		s.sessions[id] = found
	}
	return found
}

func newSession() *session { return &session{} }

func (s *store) hit(id string) {
	found := s.get(id)
	found.hits++ // want "field found.hits is written while another goroutine may read it"
}

func (s *session) note(page string) {
	s.last = page // want "field s.last is written while another goroutine may read it"
}

func (s *store) visit(id, page string) {
	s.mu.Lock()
	found, ok := s.sessions[id]
	s.mu.Unlock()
	if ok {
		found.note(page)
	}
}

func (s *store) total() (int, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum, last := 0, ""
	for _, one := range s.sessions {
		sum += one.hits
		last = one.last
	}
	return sum, last
}

func serve(times int) {
	s := &store{sessions: map[string]*session{}}
	var done sync.WaitGroup
	for range times {
		done.Go(func() {
			s.hit("a")
			s.visit("a", "index")
		})
		done.Go(func() { s.total() })
	}
	done.Wait()
}
