// Package ok_atomic_only accesses a counter atomically wherever goroutines may meet, and plainly after they ended.
package ok_atomic_only

import (
	"sync"
	"sync/atomic"
)

type gauge struct {
	value int64
	limit int64
}

func (g *gauge) add(n int64) { atomic.AddInt64(&g.value, n) }

func (g *gauge) get() int64 { return atomic.LoadInt64(&g.value) }

func fill(parts []int64) (int64, int64) {
	g := &gauge{limit: 10}
	g.value = 1 // nobody else knows it yet
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { g.add(part) })
	}
	seen := g.get()
	wg.Wait()
	return seen, g.value
}
