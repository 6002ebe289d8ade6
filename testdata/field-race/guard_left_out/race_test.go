package guard_left_out

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := &cache{}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { c.add(1) })
		wg.Go(func() { c.drain() })
		if c.size() < 0 {
			t.Error("less than nothing")
		}
	}
	wg.Wait()
}
