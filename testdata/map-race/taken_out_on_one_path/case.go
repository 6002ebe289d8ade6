// Package taken_out_on_one_path replaces a map under its lock only sometimes, or puts the same one back.
package taken_out_on_one_path

import "sync"

type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t *tally) add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[name]++
}

func (t *tally) sum(renew bool) (sum int) {
	t.mu.Lock()
	counts := t.counts
	if renew {
		t.counts = make(map[string]int)
	}
	t.mu.Unlock()
	for _, n := range counts { // want "map counts is read while another goroutine may write it"
		sum += n
	}
	return sum
}

type ledger struct {
	mu    sync.Mutex
	lines map[string]int
}

func (l *ledger) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[name]++
}

func (l *ledger) length() int {
	l.mu.Lock()
	lines := l.lines
	l.lines = lines
	l.mu.Unlock()
	return len(lines) + lines["total"] // want "map lines is read while another goroutine may write it"
}

func fill(names []string) int {
	t := &tally{counts: make(map[string]int)}
	l := &ledger{lines: make(map[string]int)}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			t.add(name)
			l.add(name)
		})
		wg.Go(func() {
			t.sum(false)
			l.length()
		})
	}
	wg.Wait()
	return t.sum(true)
}
