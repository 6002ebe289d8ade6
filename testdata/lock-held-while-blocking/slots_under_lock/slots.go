// Package slots_under_lock waits for a slot with the lock that whoever has a slot needs before it frees it.
package slots_under_lock

import "sync"

type slots struct{ taken chan struct{} }

func (s slots) acquire() { s.taken <- struct{}{} }

func (s slots) release() { <-s.taken }

type sessions struct {
	mu    sync.Mutex
	limit slots
	open  map[int]string
	last  int
}

func newSessions(limit int) *sessions {
	return &sessions{limit: slots{make(chan struct{}, limit)}, open: map[int]string{}}
}

func (s *sessions) begin(user string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit.acquire() // want "sessions.mu is held while sessions.begin waits for s.taken, but sessions.end needs .*sessions.mu before it receives"
	s.last++
	s.open[s.last] = user
	return s.last
}

func (s *sessions) end(id int) bool {
	if !s.forget(id) {
		return false
	}
	s.limit.release()
	return true
}

func (s *sessions) forget(id int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.open[id]
	delete(s.open, id)
	return ok
}

// uploads frees a slot before it takes the lock.
type uploads struct {
	mu    sync.Mutex
	limit chan struct{}
	done  int
}

func newUploads() *uploads { return &uploads{limit: make(chan struct{}, 4)} }

func (u *uploads) begin() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.limit <- struct{}{}
}

func (u *uploads) end() {
	<-u.limit
	u.mu.Lock()
	u.done++
	u.mu.Unlock()
}

// queries takes its slot before the lock.
type queries struct {
	mu      sync.Mutex
	limit   chan struct{}
	running int
}

func newQueries() *queries { return &queries{limit: make(chan struct{}, 4)} }

func (q *queries) begin() {
	q.limit <- struct{}{}
	q.mu.Lock()
	q.running++
	q.mu.Unlock()
}

func (q *queries) end() {
	q.mu.Lock()
	q.running--
	q.mu.Unlock()
	<-q.limit
}
