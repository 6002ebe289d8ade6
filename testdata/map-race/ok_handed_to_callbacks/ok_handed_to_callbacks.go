// Package ok_handed_to_callbacks runs functions under the store's lock, or hands each of them what is its own.
package ok_handed_to_callbacks

import "sync"

type state struct {
	hits map[string]int
}

type store struct {
	mu   sync.Mutex
	one  *state
	many map[string]*state
}

func (s *store) update(change func(*state)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.one)
}

func (s *store) with(name string, change func(*state)) {
	s.mu.Lock()
	one := s.many[name]
	s.mu.Unlock()
	change(one)
}

func (s *store) fresh(fill func(*state)) *state {
	one := &state{hits: map[string]int{}}
	fill(one)
	return one
}

func (s *store) forAll(visit func(string, *state)) {
	var wg sync.WaitGroup
	for name, one := range s.many {
		wg.Add(1)
		go func(name string, one *state) {
			defer wg.Done()
			visit(name, one)
		}(name, one)
	}
	wg.Wait()
}

func (s *store) fanOut(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			s.update(func(one *state) { one.hits[key]++ })
			s.with(key, func(one *state) { one.hits[key]++ })
			s.fresh(func(one *state) { one.hits[key]++ })
		})
	}
	wg.Wait()
	s.forAll(func(name string, one *state) { one.hits[name]++ })
}

func run(keys []string) {
	s := &store{one: &state{hits: map[string]int{}}, many: map[string]*state{}}
	for _, key := range keys {
		s.many[key] = &state{hits: map[string]int{}}
	}
	s.fanOut(keys)
}
