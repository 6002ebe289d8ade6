// Package ok_state_of_a_closure has makers of functions whose variables are guarded, or belong to one goroutine.
package ok_state_of_a_closure

import (
	"sync"
	"sync/atomic"
)

func largest() (note func(int), tell func() int) {
	var mu sync.RWMutex
	most := 0
	note = func(n int) {
		mu.Lock()
		defer mu.Unlock()
		most = max(most, n)
	}
	tell = func() int {
		mu.RLock()
		defer mu.RUnlock()
		return most
	}
	return note, tell
}

func counter() func() int64 {
	var n atomic.Int64
	return func() int64 { return n.Add(1) }
}

func numbers() func() int {
	n := 0
	return func() int { n++; return n }
}

func under(mu *sync.Mutex) func(string) int {
	seen := map[string]int{}
	return func(name string) int {
		mu.Lock()
		defer mu.Unlock()
		seen[name]++
		return seen[name]
	}
}

func All(names []string) (int, int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	note, tell := largest()
	count, named := counter(), under(&mu)
	total := numbers()
	for _, name := range names {
		next := numbers()
		total()
		wg.Go(func() {
			own := numbers()
			note(len(name) + own() + next())
			note(named(name))
			count()
		})
	}
	wg.Wait()
	return tell(), total()
}
