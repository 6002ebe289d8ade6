// Package getter_shares takes the record from a getter that does not clone, and edits the tags outside the lock that the
// others hold.
package getter_shares

import "sync"

type tablet struct {
	name string
	tags map[string]string
}

type state struct {
	mu      sync.Mutex
	current *tablet
}

func (s *state) tablet() *tablet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *state) publish() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for range s.current.tags { // step "reads"
		n++
	}
	return n
}

type manager struct{ state *state }

func (m *manager) changeTags(changes map[string]string) {
	tags := m.state.tablet().tags
	for key, value := range changes {
		if value == "" {
			delete(tags, key) // want "map tags is written by several goroutines at once"
			continue
		}
		tags[key] = value
	}
}

func run() {
	m := &manager{state: &state{current: &tablet{name: "a", tags: map[string]string{}}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(2)
		go func() {
			defer wg.Done()
			m.changeTags(map[string]string{"zone": "1", "rack": "2"})
		}()
		go func() {
			defer wg.Done()
			m.state.publish()
		}()
	}
	wg.Wait()
}
