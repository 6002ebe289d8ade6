// Package past_the_wrapper embeds a plain session in a type with a lock, and hands the plain one to a goroutine as well.
package past_the_wrapper

import "sync"

// Session is what goes over the wire.
type Session struct {
	Target    string
	Variables map[string]string
}

type safeSession struct {
	mu sync.Mutex
	*Session
}

func (s *safeSession) setVariable(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Variables[name] = value // step "writes .*Variables"
}

func count(s *Session) int {
	n := 0
	for range s.Variables { // want "map .*Variables is read while another goroutine may write it"
		n++
	}
	return n
}

func scatter(s *safeSession, shards []string) {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.setVariable(shard, shard)
			count(s.Session)
		}()
	}
	wg.Wait()
}

func run() {
	scatter(&safeSession{Session: &Session{Variables: map[string]string{}}}, []string{"a", "b", "c"})
}
