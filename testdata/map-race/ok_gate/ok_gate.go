// Package ok_gate lets one activation at a time through a compare-and-swap.
package ok_gate

import (
	"sync"
	"sync/atomic"
)

type loop struct {
	running atomic.Bool
	seen    map[string]int
}

func (l *loop) enable(wg *sync.WaitGroup) {
	if l.running.Swap(true) {
		return
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		l.seen["a"]++
	}()
}

func ok() {
	l := &loop{seen: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		l.enable(&wg)
	}
	wg.Wait()
}
