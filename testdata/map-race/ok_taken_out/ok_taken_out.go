// Package ok_taken_out replaces a map under its lock, and works through the old one without it.
package ok_taken_out

import "sync"

type tally struct {
	mu     sync.Mutex
	counts map[string]int
	closed bool
}

func (t *tally) add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.counts[name]++
	}
}

func (t *tally) flush() (sum int) {
	next := make(map[string]int)
	t.mu.Lock()
	counts := t.counts
	t.counts = next
	t.mu.Unlock()
	for name, n := range counts {
		sum += n
		delete(counts, name)
	}
	return sum
}

func (t *tally) take() (counts map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	counts, t.counts = t.counts, map[string]int{}
	return counts
}

func (t *tally) drain() (sum int) {
	for _, n := range t.take() {
		sum += n
	}
	return sum
}

func (t *tally) close() (sum int) {
	t.mu.Lock()
	counts := t.counts
	t.counts = nil
	t.closed = true
	t.mu.Unlock()
	for _, n := range counts {
		sum += n
	}
	return sum
}

var (
	mu   sync.Mutex
	seen = make(map[string]bool)
)

func see(name string) {
	mu.Lock()
	defer mu.Unlock()
	seen[name] = true
}

func forget() bool {
	mu.Lock()
	old := seen
	seen = make(map[string]bool)
	mu.Unlock()
	return old["first"]
}

func all(names []string) *tally {
	t := &tally{counts: make(map[string]int)}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			t.add(name)
			see(name)
		})
		wg.Go(func() {
			t.flush()
			t.drain()
			forget()
		})
	}
	wg.Go(func() { t.close() })
	wg.Wait()
	return t
}
