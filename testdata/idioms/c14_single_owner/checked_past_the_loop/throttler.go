// Package checked_past_the_loop has one goroutine that owns the map, and a check, called from elsewhere, that reads it.
package checked_past_the_loop

import (
	"context"
	"sync"
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
}

func newThrottler(tablets []string) *throttler {
	return &throttler{tablets: tablets, metrics: make(chan metric), byName: make(map[string]int)}
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
			t.byName[m.tablet] = m.value // want "map t.byName is written while another goroutine may read it"
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

func (t *throttler) check(tablet string) int { return t.byName[tablet] } // step "reads t.byName"

func run() {
	t := newThrottler([]string{"a", "b", "c"})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { t.operate(ctx) })
	wg.Go(func() {
		for range 100 {
			t.check("a")
			time.Sleep(50 * time.Microsecond)
		}
	})
	wg.Wait()
}
