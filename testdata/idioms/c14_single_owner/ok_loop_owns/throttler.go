// Package ok_loop_owns has one goroutine that owns the map: results of its collectors come back to it as messages, and
// what others may read is published as an atomic copy.
package ok_loop_owns

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

type metric struct {
	tablet string
	value  int
}

type throttler struct {
	tablets []string
	metrics chan metric
	byName  map[string]int
	current atomic.Pointer[map[string]int]
}

func newThrottler(tablets []string) *throttler {
	t := &throttler{tablets: tablets, metrics: make(chan metric), byName: make(map[string]int)}
	t.current.Store(&map[string]int{})
	return t
}

func (t *throttler) operate(ctx context.Context) {
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			t.collect(ctx)
		case m := <-t.metrics:
			t.byName[m.tablet] = m.value
			t.aggregate()
		}
	}
}

func (t *throttler) collect(ctx context.Context) {
	for i, tablet := range t.tablets {
		go func() {
			select {
			case <-ctx.Done():
			case t.metrics <- metric{tablet, i}:
			}
		}()
	}
}

func (t *throttler) aggregate() {
	snapshot := maps.Clone(t.byName)
	t.current.Store(&snapshot)
}

func (t *throttler) check(tablet string) int { return (*t.current.Load())[tablet] }

func run() {
	t := newThrottler([]string{"a", "b", "c"})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { t.operate(ctx) })
	wg.Go(func() {
		for range 100 {
			t.check("a")
		}
	})
	wg.Wait()
}
