// Package ok_told_by_the_work says by a flag how the work went: each piece of it may say so again.
// case: min-confidence=medium
package ok_told_by_the_work

import "sync"

type tracker struct {
	mu     sync.Mutex
	loaded bool
	apply  func(string) bool
	load   func()
}

func (t *tracker) setLoaded(loaded bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.loaded = loaded
}

func (t *tracker) consume(updates []string) {
	t.mu.Lock()
	loaded := t.loaded
	t.mu.Unlock()
	if !loaded {
		return
	}
	for _, update := range updates {
		if !t.apply(update) {
			t.setLoaded(false)
		}
	}
}

func serve(t *tracker, all [][]string) {
	var wg sync.WaitGroup
	for _, updates := range all {
		wg.Go(func() { t.consume(updates) })
	}
	wg.Wait()
}
