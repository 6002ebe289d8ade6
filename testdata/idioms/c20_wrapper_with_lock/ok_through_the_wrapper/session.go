// Package ok_through_the_wrapper embeds a plain session in a type with a lock, whose methods write the promoted maps.
package ok_through_the_wrapper

import "sync"

// Session is what goes over the wire.
type Session struct {
	Target    string
	Variables map[string]string
	Warnings  []string
}

type safeSession struct {
	mu sync.Mutex
	*Session
}

func newSafeSession(s *Session) *safeSession {
	if s == nil {
		s = &Session{}
	}
	return &safeSession{Session: s}
}

func (s *safeSession) setVariable(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Variables == nil {
		s.Variables = make(map[string]string)
	}
	s.Variables[name] = value
}

func (s *safeSession) warn(warning string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Warnings = append(s.Warnings, warning)
}

func (s *safeSession) each(f func(name, value string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, value := range s.Variables {
		f(name, value)
	}
}

func scatter(s *safeSession, shards []string) {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.setVariable("last", shard)
			s.warn(shard)
			n := 0
			s.each(func(string, string) { n++ })
		}()
	}
	wg.Wait()
}

func run() { scatter(newSafeSession(nil), []string{"a", "b", "c"}) }
