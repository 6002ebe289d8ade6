// Package ok_made_first loads a table before anybody else has it, and again under its lock.
package ok_made_first

import "sync"

type table struct {
	mu    sync.Mutex
	loads int
}

func newTable() *table {
	t := &table{}
	t.load()
	return t
}

func (t *table) reload() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.load()
}

func (t *table) load() { t.loads++ }

func (t *table) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.loads = 0
}

func (t *table) skip(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.loads += n
}

func (t *table) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.loads
}

func (t *table) isEmpty() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.loads == 0
}

func run(n int) int {
	t := newTable()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(t.reload)
		wg.Go(func() { t.skip(i) })
		wg.Go(func() { t.count() })
	}
	wg.Wait()
	if !t.isEmpty() {
		t.reset()
	}
	return t.count()
}
