// Package copied_lock has methods that get their lock as a copy, so that each call has one of its own.
package copied_lock

import "sync"

type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t tally) add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[name]++ // want "map t.counts is written by several goroutines at once"
}

// shared is copied too, but its copies have one lock.
type shared struct {
	mu     *sync.Mutex
	counts map[string]int
}

func (s shared) add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
}

func count(times int) {
	t := tally{counts: map[string]int{}}
	s := shared{mu: &sync.Mutex{}, counts: map[string]int{}}
	var done sync.WaitGroup
	for range times {
		done.Go(func() {
			t.add("a")
			s.add("b")
		})
	}
	done.Wait()
}
