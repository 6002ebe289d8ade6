package handed_on_first

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	q := &queue{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 1000 {
				work(q)
			}
		})
	}
	for range 100 {
		submit(q, 3)
	}
	wg.Wait()
}
