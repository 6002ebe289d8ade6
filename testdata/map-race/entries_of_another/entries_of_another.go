// Package entries_of_another ranges over the map of another component, whose own goroutine adds to it; the range
// runs in a goroutine of the owner of both.
package entries_of_another

import (
	"sync"

	"govetpy.test/map-race/entries_of_another/lag"
)

type throttler struct {
	module *lag.Module
	wg     sync.WaitGroup
	max    int
}

func newThrottler() *throttler { return &throttler{module: lag.NewModule()} }

func (t *throttler) start(records int) {
	t.module.Start(records)
	t.wg.Add(1)
	go t.updateMax(records)
}

func (t *throttler) updateMax(times int) {
	defer t.wg.Done()
	for range times {
		t.max = t.maxLag()
	}
}

func (t *throttler) maxLag() int {
	highest := 0
	cache := t.module.Cache()
	entries := cache.Entries
	for name := range entries { // step "reads entries"
		highest = max(highest, cache.Latest(name))
	}
	return highest
}

func (t *throttler) stop() {
	t.wg.Wait()
	t.module.Stop()
}
