package ok_callers_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := &cache{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				c.add(1)
				c.reset()
			}
		})
	}
	wg.Wait()
}
