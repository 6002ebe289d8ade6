// Package one_method_without embeds what is shared beside its lock, and one method reads it without.
package one_method_without

import "sync"

type values struct {
	heartbeat int64
	points    []string
}

type session struct {
	mu sync.Mutex
	*values
}

func (s *session) lock(now int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heartbeat = now
}

func (s *session) beat(now int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heartbeat = now
}

func (s *session) last() int64 {
	return s.heartbeat // want "field one_method_without.session.heartbeat is read without one_method_without.session.mu"
}

func (s *session) add(point string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.points = append(s.points, point)
}

func (s *session) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.points = nil
}

func (s *session) removeLast(name string) {
	if len(s.points) == 0 {
		return
	}
	last := len(s.points) - 1
	if s.points[last] == name {
		s.points = s.points[:last] // want "field one_method_without.session.points is written without one_method_without.session.mu"
	}
}
