// Package ok_one_goroutine writes from one goroutine alone: the lock is for those who read.
package ok_one_goroutine

import "sync"

type Tracker struct {
	mu    sync.Mutex
	seen  int
	input chan int
}

func Run(input chan int) *Tracker {
	t := &Tracker{input: input}
	go t.loop()
	return t
}

func (t *Tracker) loop() {
	for v := range t.input {
		t.mu.Lock()
		n := t.seen
		t.mu.Unlock()
		n = combine(n, v)
		t.mu.Lock()
		t.seen = n
		t.mu.Unlock()
	}
}

func combine(a, b int) int { return 31*a + b }

func (t *Tracker) Seen() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen
}
