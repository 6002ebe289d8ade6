package package_total

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			add(2)
			take(1)
		})
		if sum() < 0 {
			t.Error("less than nothing")
		}
	}
	wg.Wait()
}
