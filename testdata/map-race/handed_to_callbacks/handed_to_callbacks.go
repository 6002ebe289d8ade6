// Package handed_to_callbacks changes what a store hands to the functions that it runs.
package handed_to_callbacks

import "sync"

type state struct {
	hits map[string]int
}

type updater interface {
	Update(change func(*state))
}

type store struct {
	one  *state
	many map[string]*state
}

func (s *store) Update(change func(*state)) { change(s.one) }

func (s *store) each(visit func(string, *state)) {
	for name, one := range s.many {
		visit(name, one)
	}
}

type bump struct{ key string }

func (b *bump) apply(one *state) {
	one.hits[b.key]++ // want "map one.hits is written by several goroutines at once"
}

func count(u updater, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			b := &bump{key: key}
			u.Update(b.apply) // step "calls store.Update"
		}()
	}
	wg.Wait()
}

func (s *store) visitAll(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			s.each(func(_ string, one *state) {
				one.hits[key]++ // want "map one.hits is written by several goroutines at once"
			})
		})
	}
	wg.Wait()
}

func run(keys []string) {
	s := &store{one: &state{hits: map[string]int{}}, many: map[string]*state{"a": {hits: map[string]int{}}}}
	count(s, keys)
	s.visitAll(keys)
}
