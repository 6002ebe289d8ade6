// Package ok_one_method_without reads what it embeds under its lock, and what others use as they like without.
package ok_one_method_without

import "sync"

type values struct {
	heartbeat int64
	name      string
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

func (s *session) lastLocked() int64 {
	return s.heartbeat
}

func (s *session) last() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastLocked()
}

func (s *session) title() string { return s.name }

func (s *session) label() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

func fresh(name string) *session { return &session{values: &values{name: name}} }
