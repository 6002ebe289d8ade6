// Package ok_reads_again drops hints whose receiver reads the whole state anyway: the value says only which table
// woke it (idiom B1).
package ok_reads_again

import "sync"

type tables struct {
	mu    sync.Mutex
	rows  map[string]int
	hints chan struct{}
}

func (t *tables) set(name string, rows int) {
	t.mu.Lock()
	t.rows[name] = rows
	t.mu.Unlock()
	select {
	case t.hints <- struct{}{}:
	default:
	}
}

func (t *tables) total() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	sum := 0
	for _, rows := range t.rows {
		sum += rows
	}
	return sum
}

func run(names []string, report func(int)) {
	t := &tables{rows: map[string]int{}, hints: make(chan struct{}, 1)}
	for i, name := range names {
		go t.set(name, i)
	}
	for range t.hints {
		report(t.total())
	}
}
